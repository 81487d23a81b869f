#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// Bytes that are no message of the protocol: cut off, too deeply nested, of another shape, or refused by a layer.
    /// The client drops the link over which they came; the text is for logs.
    /// </summary>
    public sealed class WireException : Exception
    {
        /// <summary>Made by the client and by layers.</summary>
        public WireException(string message, Exception? innerException = null)
            : base(message, innerException)
        {
        }
    }
}
