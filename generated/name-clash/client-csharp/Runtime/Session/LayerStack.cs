#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// The layers of one connection, applied in order to what leaves and in reverse to what comes in. Without layers,
    /// messages pass through as they are.
    /// </summary>
    internal sealed class LayerStack : IDisposable
    {
        internal static readonly LayerStack Empty = new LayerStack(Array.Empty<ILayerStream>());

        private readonly ILayerStream[] streams;

        internal LayerStack(ILayerStream[] streams)
        {
            this.streams = streams;
        }

        /// <returns>May be a view that is valid until the next call.</returns>
        internal ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> message)
        {
            foreach (var stream in streams) message = stream.Encode(message);
            return message;
        }

        /// <returns>May be a view that is valid until the next call.</returns>
        /// <exception cref="WireException">The connection is to be closed.</exception>
        internal ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> message)
        {
            for (var at = streams.Length - 1; at >= 0; at--) message = streams[at].Decode(message);
            return message;
        }

        public void Dispose()
        {
            foreach (var stream in streams) stream.Dispose();
        }
    }
}
