#nullable enable

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;

namespace HeTu.Tests.Session
{
    /// <summary>One connection as the server sees it.</summary>
    internal sealed class ScriptedConnection : ITransportSocket
    {
        private readonly ITransportEvents events;
        private readonly Queue<object?[]> frames = new Queue<object?[]>();
        private readonly Queue<byte[]> messages = new Queue<byte[]>();

        internal ScriptedConnection(string? offered, ITransportEvents events)
        {
            Offered = offered;
            this.events = events;
        }

        internal string? Offered { get; }

        internal bool IsClosed { get; private set; }

        /// <summary>Frames that have come and that nobody has asked for.</summary>
        internal int Unread => frames.Count;

        /// <summary>Thrown instead of sending.</summary>
        internal Exception? Failure { get; set; }

        public void Send(ReadOnlySpan<byte> message)
        {
            if (Failure != null) throw Failure;
            messages.Enqueue(message.ToArray());
            MessagePackReader.CountValues(message);
            var reader = new MessagePackReader(message);
            while (!reader.AtEnd) frames.Enqueue((object?[])reader.ReadUntyped()!);
        }

        public void Close() => IsClosed = true;

        public void Abort() => IsClosed = true;

        /// <summary>The next message as it came, which must be the handshake.</summary>
        internal byte[] Handshake()
        {
            frames.Dequeue();
            return messages.Dequeue();
        }

        internal object?[] Next() =>
            frames.Count > 0 ? frames.Dequeue() : throw new InvalidOperationException("the client has sent nothing more");

        /// <summary>The next frame, which must begin like this.</summary>
        /// <returns>What follows.</returns>
        internal object?[] Expect(params object[] beginning)
        {
            var frame = Next();
            if (!frame.Take(beginning.Length).SequenceEqual(beginning.Select(Widened)))
            {
                throw new InvalidOperationException(
                    $"the client sent [{string.Join(", ", frame)}] instead of [{string.Join(", ", beginning)}, …]");
            }

            return frame.Skip(beginning.Length).ToArray();
        }

        internal void Opened(string? subprotocol) => events.Opened(subprotocol);

        /// <summary>Sends a frame.</summary>
        internal void Send(params object?[] frame) => SendFrames(frame);

        /// <summary>Sends frames in one message.</summary>
        internal void SendFrames(params object?[][] several)
        {
            var writer = new MessagePackWriter();
            foreach (var frame in several) UntypedValue.Write(writer, frame, "frame");
            SendBytes(writer.ToArray());
        }

        internal void SendBytes(params byte[] bytes)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, bytes.Length));
            bytes.CopyTo(buffer, 0);
            events.Message(buffer, bytes.Length);
        }

        internal void SendText() => events.Text();

        internal void Impossible(Exception error) => events.Impossible(error);

        /// <summary>Cuts the connection, or closes it with a code.</summary>
        internal void Drop(int code = 1006, string why = "cut") =>
            events.Closed(new ConnectionLostException($"the connection was closed with code {code} ({why})", code));

        private static object Widened(object value) => value is int number ? (long)number : value;
    }
}
