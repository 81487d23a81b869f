#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// The client was closed, by its user or because it cannot go on (then <see cref="Exception.InnerException"/> says
    /// why): this was not sent.
    /// </summary>
    public sealed class ConnectionClosedException : HetuException
    {
        /// <summary>Made by the client.</summary>
        public ConnectionClosedException(string what, Exception? cause = null)
            : base("CONNECTION_CLOSED", $"{what}: the client is closed{(cause == null ? "" : $" ({cause.Message})")}", cause)
        {
        }
    }
}
