#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// The handshake of the layers of one connection, the same for both protocols: a plain array with a <c>bin</c> for
    /// each layer. Without layers it is the empty array, the single byte <c>90</c>.
    /// </summary>
    internal sealed class Handshake
    {
        private readonly ILayer[] layers;

        internal Handshake(IReadOnlyList<Func<ILayer>> factories)
        {
            layers = new ILayer[factories.Count];
            for (var at = 0; at < layers.Length; at++) layers[at] = factories[at]();
        }

        internal bool IsEmpty => layers.Length == 0;

        internal void WriteHello(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(layers.Length);
            foreach (var layer in layers) writer.WriteBinary(layer.Hello());
        }

        /// <param name="answer">The server's message.</param>
        /// <returns>In the order of the configuration.</returns>
        /// <exception cref="WireException">When it is none, or one of other layers.</exception>
        internal LayerStack Finish(ReadOnlySpan<byte> answer)
        {
            MessagePackReader.CountValues(answer);
            var reader = new MessagePackReader(answer);
            if (reader.Next != MessagePackKind.Array) throw new WireException("the handshake is not an array");
            var count = reader.ReadArrayHeader();
            if (count != layers.Length)
            {
                throw new WireException(
                    $"its handshake has {count} layers besides jsonb, and this client is configured with {layers.Length}: " +
                        "HetuOptions.Layers must name the layers of the server's configuration");
            }

            var streams = new ILayerStream[count];
            for (var at = 0; at < count; at++)
            {
                if (reader.Next != MessagePackKind.Binary)
                {
                    throw new WireException("an entry of the handshake is not binary");
                }

                streams[at] = layers[at].Finish(reader.ReadBinary());
            }

            return new LayerStack(streams);
        }
    }
}
