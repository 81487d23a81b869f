#nullable enable

using System;

namespace HeTu.Tests.Session
{
    /// <summary>A layer that demands a byte in front of each message: the length of its name. It adds none.</summary>
    internal sealed class MarkingLayer : ILayer, ILayerStream
    {
        private readonly byte mark;

        internal MarkingLayer(string name)
        {
            Name = name;
            mark = (byte)name.Length;
        }

        public string Name { get; }

        internal bool IsDisposed { get; private set; }

        public byte[] Hello() => new[] { mark };

        public ILayerStream Finish(ReadOnlySpan<byte> answer)
        {
            if (answer.Length != 1 || answer[0] != mark) throw new WireException($"{Name} was answered by another layer");
            return this;
        }

        public ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> message) => message;

        public ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> message)
        {
            if (message.Span[0] != mark) throw new WireException($"a message without the mark of {Name}");
            return message.Slice(1);
        }

        public void Dispose() => IsDisposed = true;
    }
}
