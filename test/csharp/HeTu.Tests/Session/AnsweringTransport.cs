#nullable enable

using System;
using System.Buffers;

namespace HeTu.Tests.Session
{
    /// <summary>A server of hetu.2 that answers every call with its first argument, at once.</summary>
    internal sealed class AnsweringTransport : ITransport
    {
        public bool OpensWithoutSelection => true;

        public ITransportSocket Open(string url, string? subprotocol, int maxMessage, ITransportEvents events)
        {
            var socket = new Socket(events);
            events.Opened("hetu.2");
            return socket;
        }

        private sealed class Socket : ITransportSocket
        {
            private readonly ITransportEvents events;

            internal Socket(ITransportEvents events)
            {
                this.events = events;
            }

            public void Send(ReadOnlySpan<byte> message)
            {
                var reader = new MessagePackReader(message);
                var frame = (object?[])reader.ReadUntyped()!;
                if (frame.Length == 0) Answer();
                else if ((long)frame[0]! == 0) Answer(0, 1_700_000_000_000, null, null, 0, false);
                else Answer(1, frame[2]);
            }

            public void Close() => events.Closed(new ConnectionLostException("closed", 1000));

            public void Abort() => Close();

            private void Answer(params object?[] frame)
            {
                var writer = new MessagePackWriter();
                UntypedValue.Write(writer, frame, "frame");
                var buffer = ArrayPool<byte>.Shared.Rent(writer.Length);
                writer.Written.CopyTo(buffer);
                events.Message(buffer, writer.Length);
            }
        }
    }
}
