#nullable enable

namespace HeTu
{
    /// <summary>What a MessagePack value is.</summary>
    public enum MessagePackKind
    {
        /// <summary>Nothing follows.</summary>
        End,

        /// <summary>nil</summary>
        Nil,

        /// <summary>true or false</summary>
        Boolean,

        /// <summary>A whole number.</summary>
        Integer,

        /// <summary>A number with 32 or 64 bits.</summary>
        Float,

        /// <summary>UTF-8.</summary>
        String,

        /// <summary>Bytes.</summary>
        Binary,

        /// <summary>Values in order.</summary>
        Array,

        /// <summary>Pairs of key and value.</summary>
        Map,

        /// <summary>Something that no frame has.</summary>
        Unknown,
    }
}
