#nullable enable

namespace HeTu
{
    /// <summary>The type of a column, as the description of hetu.2 spells it.</summary>
    public enum ColumnKind
    {
        /// <summary><c>bool</c></summary>
        Bool,

        /// <summary><c>i8</c></summary>
        Int8,

        /// <summary><c>i16</c></summary>
        Int16,

        /// <summary><c>i32</c></summary>
        Int32,

        /// <summary><c>i64</c></summary>
        Int64,

        /// <summary><c>u8</c></summary>
        UInt8,

        /// <summary><c>u16</c></summary>
        UInt16,

        /// <summary><c>u32</c></summary>
        UInt32,

        /// <summary><c>u64</c></summary>
        UInt64,

        /// <summary><c>f32</c></summary>
        Single,

        /// <summary><c>f64</c></summary>
        Double,

        /// <summary><c>timestamp</c>, whole milliseconds since 1970 UTC.</summary>
        Timestamp,

        /// <summary><c>string</c></summary>
        String,

        /// <summary><c>bytes</c></summary>
        Bytes,

        /// <summary><c>enum</c>, its integer on the wire.</summary>
        Enum,
    }
}
