#nullable enable

#if !(UNITY_WEBGL && !UNITY_EDITOR)
using System;
using System.Net.WebSockets;

namespace HeTu
{
    /// <summary>
    /// The WebSocket of .NET, which clients use unless they are told otherwise. Make one to configure it: for a server
    /// whose certificate the system does not know, a proxy, or headers of your own. Not there in WebGL, where the browser
    /// decides all this.
    /// </summary>
    public sealed class WebSocketTransport : ITransport
    {
        internal static readonly WebSocketTransport Instance = new WebSocketTransport(null);

        private readonly Action<ClientWebSocketOptions>? configure;

        /// <summary>For <see cref="HetuOptions.Transport"/>.</summary>
        /// <param name="configure">
        /// Called for each connection before it is opened: sets <c>RemoteCertificateValidationCallback</c>, <c>Proxy</c>,
        /// headers and so on. What it throws closes the client.
        /// </param>
        public WebSocketTransport(Action<ClientWebSocketOptions>? configure)
        {
            this.configure = configure;
        }

        /// <inheritdoc/>
        public bool OpensWithoutSelection => true;

        /// <inheritdoc/>
        /// <exception cref="ArgumentException">The URL is of another scheme.</exception>
        public ITransportSocket Open(string url, string? subprotocol, int maxMessage, ITransportEvents events)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address)
                || (address.Scheme != "ws" && address.Scheme != "wss"))
            {
                throw new ArgumentException($"the URL of a server begins with ws:// or wss://; got {url}", nameof(url));
            }

            return new PlatformSocket(address, subprotocol, maxMessage, events, configure);
        }
    }
}
#endif
