#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;

namespace HeTu
{
    /// <summary>
    /// The handshake of the layers of one connection, the same for both protocols: a plain array with a <c>bin</c> for
    /// each layer. Without layers it is the empty array, the single byte <c>90</c>.
    /// </summary>
    internal sealed class Handshake
    {
        /// <summary>The close code with which a server refuses layers.</summary>
        internal const int LayersRefused = 4005;

        /// <summary>The order in which layers are applied to what leaves, whatever the order of the option.</summary>
        private static readonly string[] Order = { "zlib", "crypto" };

        private readonly ILayer[] layers;

        internal Handshake(IReadOnlyList<Func<ILayer>> factories)
        {
            layers = new ILayer[factories.Count];
            for (var at = 0; at < layers.Length; at++) layers[at] = factories[at]();
            Array.Sort(layers, (a, b) => Array.IndexOf(Order, a.Name).CompareTo(Array.IndexOf(Order, b.Name)));
        }

        /// <summary>What to look at when a server does not answer.</summary>
        internal string Advice =>
            $"this client's layers are {Names} (HetuOptions.Layers), and the server's may be others";

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
                    $"its handshake has {count} layer{(count == 1 ? "" : "s")} beside jsonb; {Advice}");
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

        /// <summary>Why the server refuses; <c>null</c> when it does not: a refusal is the empty array.</summary>
        internal string? RefusalIn(ReadOnlySpan<byte> answer)
        {
            if (IsEmpty || answer.Length != 1 || answer[0] != 0x90) return null;
            var hint = Array.Exists(layers, layer => layer.Name == "crypto")
                ? "the key of crypto is not the server's, or only one side has one"
                : Advice;
            return $"the server refuses the handshake of the layers {Names}: {hint}";
        }

        /// <param name="reason">Why the link ended.</param>
        /// <param name="isShaking">Whether the server had not answered the handshake yet.</param>
        internal ConnectionLostException Explain(ConnectionLostException reason, bool isShaking)
        {
            var isRefused = reason.CloseCode == LayersRefused;
            // A server that wants other layers ends the connection without a word; so does a network.
            if (!isRefused && (!isShaking || reason.CloseCode >= 4000)) return reason;
            var why = isRefused ? reason.Message : $"{reason.Message} before the handshake was answered";
            return new ConnectionLostException($"{why}; {Advice}", reason.CloseCode, reason.InnerException);
        }

        private string Names => string.Join(", ", Array.ConvertAll(layers, layer => layer.Name).Prepend("jsonb"));
    }
}
