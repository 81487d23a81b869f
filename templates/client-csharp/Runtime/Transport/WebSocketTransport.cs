#nullable enable

#if !(UNITY_WEBGL && !UNITY_EDITOR)
using System;

namespace HeTu
{
    /// <summary>The WebSocket of .NET.</summary>
    internal sealed class WebSocketTransport : ITransport
    {
        internal static readonly WebSocketTransport Instance = new WebSocketTransport();

        public bool OpensWithoutSelection => true;

        public ITransportSocket Open(string url, string? subprotocol, int maxMessage, ITransportEvents events)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address)
                || (address.Scheme != "ws" && address.Scheme != "wss"))
            {
                throw new ArgumentException($"the URL of a server begins with ws:// or wss://; got {url}", nameof(url));
            }

            return new PlatformSocket(address, subprotocol, maxMessage, events);
        }
    }
}
#endif
