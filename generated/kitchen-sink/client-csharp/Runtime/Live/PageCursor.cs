#nullable enable

namespace HeTu
{
    /// <summary>A place in a range, between two pages: what the server wants to be given back.</summary>
    public sealed class PageCursor
    {
        internal PageCursor(byte[] value)
        {
            Value = value;
        }

        /// <summary>As MessagePack.</summary>
        internal byte[] Value { get; }
    }
}
