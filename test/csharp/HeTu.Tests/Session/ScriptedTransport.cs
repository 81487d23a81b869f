#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu.Tests.Session
{
    /// <summary>A server that only says what the test tells it to, without a socket.</summary>
    internal sealed class ScriptedTransport : ITransport
    {
        private readonly Queue<ScriptedConnection> waiting = new Queue<ScriptedConnection>();

        public bool OpensWithoutSelection { get; set; } = true;

        /// <summary>Thrown instead of connecting.</summary>
        internal Exception? Failure { get; set; }

        /// <summary>Connections that were ever tried.</summary>
        internal int Count { get; private set; }

        public ITransportSocket Open(string url, string? subprotocol, int maxMessage, ITransportEvents events)
        {
            if (Failure != null) throw Failure;
            Count++;
            var connection = new ScriptedConnection(subprotocol, events);
            waiting.Enqueue(connection);
            return connection;
        }

        /// <summary>The next connection that was tried.</summary>
        internal ScriptedConnection Next() =>
            waiting.Count > 0 ? waiting.Dequeue() : throw new InvalidOperationException("the client has not dialled");
    }
}
