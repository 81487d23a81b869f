#nullable enable

using System;

namespace HeTu.Tests.LiveServer
{
    /// <summary>The platform's WebSocket, whose connection a test can cut.</summary>
    public sealed class CuttableTransport : ITransport
    {
        private volatile ITransportSocket? present;

        /// <inheritdoc/>
        public bool OpensWithoutSelection => WebSocketTransport.Instance.OpensWithoutSelection;

        /// <inheritdoc/>
        public ITransportSocket Open(string url, string? subprotocol, int maxMessage, ITransportEvents events)
        {
            var socket = WebSocketTransport.Instance.Open(url, subprotocol, maxMessage, events);
            present = socket;
            return socket;
        }

        /// <summary>Cuts the present connection without a word to the server.</summary>
        public void Cut() => (present ?? throw new InvalidOperationException("there is no connection")).Abort();
    }
}
