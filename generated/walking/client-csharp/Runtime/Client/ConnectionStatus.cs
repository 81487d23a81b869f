#nullable enable

namespace HeTu
{
    /// <summary>What a client's connection is doing.</summary>
    public enum ConnectionStatus
    {
        /// <summary>Opening the WebSocket, handshake.</summary>
        Connecting,

        /// <summary>The bootstrap function is running.</summary>
        Bootstrapping,

        /// <summary>Calls are sent as they are made.</summary>
        Connected,

        /// <summary>The next attempt follows in <see cref="ConnectionState.RetryIn"/>.</summary>
        Waiting,

        /// <summary>For good. <see cref="ConnectionState.Error"/> says why, unless the application closed the client.</summary>
        Closed,
    }
}
