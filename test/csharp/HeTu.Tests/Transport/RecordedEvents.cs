#nullable enable

using System;
using System.Buffers;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace HeTu.Tests.Transport
{
    /// <summary>What a transport tells, one after the other.</summary>
    internal sealed class RecordedEvents : ITransportEvents
    {
        private readonly Channel<object?> told = Channel.CreateUnbounded<object?>();

        /// <summary>Returned for each message.</summary>
        internal Task? Room { get; set; }

        public void Opened(string? subprotocol) => told.Writer.TryWrite(subprotocol ?? "");

        public Task? Message(byte[] buffer, int length)
        {
            told.Writer.TryWrite(buffer.AsSpan(0, length).ToArray());
            ArrayPool<byte>.Shared.Return(buffer);
            return Room;
        }

        public void Text() => told.Writer.TryWrite(null);

        public void Closed(ConnectionLostException reason)
        {
            told.Writer.TryWrite(reason);
            told.Writer.Complete();
        }

        public void Impossible(Exception error) => told.Writer.TryWrite(error);

        /// <summary>The next thing that was told: a subprotocol, bytes, <c>null</c> for a text, or an exception.</summary>
        internal async Task<object?> NextAsync() => await told.Reader.ReadAsync().ConfigureAwait(false);

        /// <summary>Whether anything was told that nobody has asked for.</summary>
        internal bool HasMore => told.Reader.TryPeek(out _);
    }
}
