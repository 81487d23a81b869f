#nullable enable

#if UNITY_WEBGL && !UNITY_EDITOR
using System;

namespace HeTu
{
    /// <summary>The WebSocket of the browser that runs a WebGL build.</summary>
    internal sealed class BrowserTransport : ITransport
    {
        internal static readonly BrowserTransport Instance = new BrowserTransport();

        /// <summary>Browsers fail a connection whose subprotocols the server leaves alone.</summary>
        public bool OpensWithoutSelection => false;

        public ITransportSocket Open(string url, string? subprotocol, int maxMessage, ITransportEvents events)
        {
            var socket = BrowserSockets.Open(url, subprotocol, maxMessage, events);
            return socket ?? throw new ArgumentException(
                $"the browser opens no WebSocket to {url}: the URL is none, or the page is served over https and it is not wss",
                nameof(url));
        }
    }
}
#endif
