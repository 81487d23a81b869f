#nullable enable

using System;

namespace HeTu
{
    /// <summary>The link to the server could not be made, or broke.</summary>
    public sealed class ConnectionLostException : HetuException
    {
        /// <summary>Made by the client and by transports.</summary>
        /// <param name="why">One sentence without a full stop.</param>
        /// <param name="closeCode">The close code of the WebSocket; 1006 when there was none.</param>
        /// <param name="cause">What the platform threw.</param>
        public ConnectionLostException(string why, int closeCode = 1006, Exception? cause = null)
            : base("CONNECTION_LOST", why, cause)
        {
            CloseCode = closeCode;
        }

        /// <summary>The close code of the WebSocket; 1006 when there was none.</summary>
        public int CloseCode { get; }
    }
}
