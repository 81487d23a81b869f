#nullable enable

using System.Collections.Generic;

namespace HeTu.Tests.LiveServer
{
    /// <summary>The platform's transport, whose connections a test can break.</summary>
    internal sealed class CuttableTransport : ITransport
    {
        private readonly List<ITransportSocket> sockets = new List<ITransportSocket>();

        public bool OpensWithoutSelection => WebSocketTransport.Instance.OpensWithoutSelection;

        public ITransportSocket Open(string url, string? subprotocol, int maxMessage, ITransportEvents events)
        {
            var socket = WebSocketTransport.Instance.Open(url, subprotocol, maxMessage, events);
            lock (sockets) sockets.Add(socket);
            return socket;
        }

        /// <summary>Breaks all connections without a word to the server.</summary>
        internal void Cut()
        {
            lock (sockets)
            {
                foreach (var socket in sockets) socket.Abort();
                sockets.Clear();
            }
        }
    }
}
