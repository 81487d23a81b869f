#nullable enable

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace HeTu.Tests.Conformance
{
    /// <summary>One attempt of a client to connect, as the script of a vector directs it.</summary>
    internal sealed class VectorLink : ITransportSocket
    {
        private readonly ITransportEvents events;
        private readonly List<JsonNode> sent = new List<JsonNode>();
        private bool isShaken;
        private bool isOver;

        internal VectorLink(string? offered, ITransportEvents events)
        {
            Offered = offered;
            this.events = events;
        }

        internal string? Offered { get; }

        /// <summary>Whether the client has ended it.</summary>
        internal bool IsEnded { get; private set; }

        public void Send(ReadOnlySpan<byte> message)
        {
            List<JsonNode?> values = WireTree.Read(message.ToArray());
            if (isShaken)
            {
                sent.AddRange(values.Select(value => value!));
                return;
            }

            isShaken = true;
            var entries = (JsonArray)values.Single()!;
            JsonNode?[] hellos = entries.Select(entry => entry!["$bin"]?.DeepClone()).ToArray();
            sent.Add(new JsonObject { ["handshake"] = new JsonArray(hellos) });
        }

        public void Close() => End();

        public void Abort() => End();

        internal void Open(string protocol) => events.Opened(protocol);

        internal void Message(string hex)
        {
            byte[] bytes = Hex.ToBytes(hex);
            byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, bytes.Length));
            bytes.CopyTo(buffer, 0);
            events.Message(buffer, bytes.Length);
        }

        internal void Text() => events.Text();

        internal void Lose(int code)
        {
            if (isOver) return;
            isOver = true;
            events.Closed(new ConnectionLostException($"closed with {code}", code));
        }

        /// <summary>What the client has sent since this was last asked.</summary>
        internal List<JsonNode> TakeSent()
        {
            var taken = sent.ToList();
            sent.Clear();
            return taken;
        }

        private void End()
        {
            if (isOver) return;
            IsEnded = true;
            Lose(1000);
        }
    }
}
