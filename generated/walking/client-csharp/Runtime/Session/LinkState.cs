#nullable enable

namespace HeTu
{
    /// <summary>How far a link has come.</summary>
    internal enum LinkState
    {
        /// <summary>The WebSocket is being opened.</summary>
        Dialling,

        /// <summary>The layers' hellos were sent.</summary>
        ShakingHands,

        /// <summary>hetu.2: the hello was sent, or will be behind the handshake; the welcome is awaited.</summary>
        Greeting,

        /// <summary>Requests may be sent.</summary>
        Open,

        /// <summary>Over.</summary>
        Lost,
    }
}
