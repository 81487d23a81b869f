#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace HeTu.Tests.Conformance
{
    /// <summary>The layers of a vector, with its keys in the place of random ones.</summary>
    internal static class LayerVectors
    {
        /// <summary>New layers of a client.</summary>
        public static ILayer[] Layers(JsonElement vector, IEnumerable<string> names, int maxMessage) =>
            names.Select(name => Layer(vector, name, maxMessage)).ToArray();

        /// <summary>The entries of a handshake, which is one MessagePack array of binary.</summary>
        public static byte[][] Entries(byte[] handshake)
        {
            var reader = new MessagePackReader(handshake);
            var entries = new byte[reader.ReadArrayHeader()][];
            for (int at = 0; at < entries.Length; at++)
            {
                entries[at] = reader.ReadBytes();
            }

            return entries;
        }

        /// <summary>Both directions of a client whose handshake is answered so.</summary>
        public static ILayerStream[] Finish(ILayer[] layers, byte[][] answer)
        {
            if (layers.Length != answer.Length)
            {
                throw new WireException($"{answer.Length} entries answer {layers.Length} layers");
            }

            return layers.Select((layer, at) => layer.Finish(answer[at])).ToArray();
        }

        public static byte[] Encode(ILayerStream[] streams, byte[] message) =>
            streams.Aggregate(message, (bytes, stream) => stream.Encode(bytes).ToArray());

        public static byte[] Decode(ILayerStream[] streams, byte[] message) =>
            streams.Reverse().Aggregate(message, (bytes, stream) => stream.Decode(bytes).ToArray());

        private static ILayer Layer(JsonElement vector, string name, int maxMessage)
        {
            if (name == "zlib")
            {
                return new ZlibLayer(maxMessage);
            }

            string privateKey =
                Vectors.OptionalString(vector, "clientPrivateKey")
                ?? vector.GetProperty("client").GetProperty("privateKey").GetString()!;
            var random = new Queue<string>(new[] { privateKey, Vectors.OptionalString(vector, "nonce") ?? "" });
            long time = vector.TryGetProperty("time", out JsonElement given) ? given.GetInt64() : 0;
            return new CryptoLayer(
                Vectors.OptionalString(vector, "secret"),
                bytes => Hex.ToBytes(random.Dequeue()).CopyTo(bytes, 0),
                () => time);
        }
    }
}
