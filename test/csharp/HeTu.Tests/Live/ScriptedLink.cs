#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;

namespace HeTu.Tests.Live
{
    /// <summary>
    /// A link whose server only says what the test tells it to; what the client sends is kept as text.
    /// </summary>
    internal sealed class ScriptedLink : ISubscriptionLink
    {
        private readonly Queue<Request> unanswered = new Queue<Request>();
        private readonly List<Request> queued = new List<Request>();
        private readonly WireSchema wire;

        internal ScriptedLink(WireSchema wire)
        {
            this.wire = wire;
        }

        public WireSchema? Wire => IsConnected ? wire : null;

        internal bool IsConnected { get; set; } = true;

        /// <summary>Whether requests wait for room on the link.</summary>
        internal bool IsFull { get; set; }

        /// <summary>Frames that the client has sent and that nobody has looked at.</summary>
        internal List<string> Sent { get; } = new List<string>();

        public bool Enqueue(Request request)
        {
            if (!IsConnected) return false;
            if (IsFull) queued.Add(request);
            else Send(request);
            return true;
        }

        public bool Withdraw(Request request) => queued.Remove(request);

        public bool Unsubscribe(ReadOnlySpan<byte> id)
        {
            var writer = new MessagePackWriter();
            ClientFrames.Unsubscribe(writer, id);
            Sent.Add(Text(writer));
            return true;
        }

        public bool Unsubscribe(long number)
        {
            var writer = new MessagePackWriter();
            ClientFrames.Unsubscribe(writer, number);
            Sent.Add(Text(writer));
            return true;
        }

        internal void Send(Request request)
        {
            var writer = new MessagePackWriter();
            try
            {
                request.Write(writer, wire);
            }
            catch (SchemaMismatchException mismatch)
            {
                request.Unusable(mismatch);
                return;
            }

            Sent.Add(Text(writer));
            unanswered.Enqueue(request);
            request.Sent();
        }

        /// <summary>What was sent since the last time.</summary>
        internal string[] TakeSent()
        {
            var sent = Sent.ToArray();
            Sent.Clear();
            return sent;
        }

        /// <summary>The request whose answer is next.</summary>
        internal Request Next() => unanswered.Dequeue();

        internal void Drop()
        {
            IsConnected = false;
            unanswered.Clear();
            queued.Clear();
        }

        private static string Text(MessagePackWriter writer) =>
            Text(new MessagePackReader(writer.Written).ReadUntyped());

        private static string Text(object? value) =>
            value switch
            {
                null => "nil",
                object?[] list => $"[{string.Join(' ', list.Select(Text))}]",
                string text => text.Length == 0 ? "''" : text,
                IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
                _ => value.ToString() ?? "",
            };
    }
}
