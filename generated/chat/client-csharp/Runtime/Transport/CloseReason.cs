#nullable enable

namespace HeTu
{
    /// <summary>Why a server has closed a connection.</summary>
    internal static class CloseReason
    {
        /// <summary>RFC 6455, section 7.4.1: a message was too big. Servers send it without words.</summary>
        private const int TooBig = 1009;

        /// <param name="code">The close code.</param>
        /// <param name="words">The server's; <c>null</c> or empty: none.</param>
        internal static ConnectionLostException Of(int code, string? words)
        {
            if (string.IsNullOrEmpty(words) && code == TooBig)
            {
                words = "a message of this client is larger than the server takes, which is 524288 bytes unless its " +
                    "setting limits.max_message says otherwise";
            }

            var detail = string.IsNullOrEmpty(words) ? "" : $" ({words})";
            return new ConnectionLostException($"the connection was closed with code {code}{detail}", code);
        }
    }
}
