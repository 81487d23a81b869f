#nullable enable

using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace HeTu.Tests.Conformance
{
    /// <summary>Runs the cases of the kinds <c>handshake</c> and <c>handshake-failure</c>.</summary>
    internal static class HandshakeRunner
    {
        public static void Run(JsonElement vector)
        {
            string[] names = Vectors.Strings(vector.GetProperty("layers"));
            ILayer[] layers = LayerVectors.Layers(vector, names, ZlibLayer.DefaultMaxMessage);
            Assert.Equal(names, layers.Select(layer => layer.Name));

            byte[][] hellos = LayerVectors.Entries(Hex.ToBytes(vector.GetProperty("hello").GetString()));
            Assert.Equal(hellos.Select(hello => Hex.Of(hello)), layers.Select(layer => Hex.Of(layer.Hello())));

            byte[][] answer = LayerVectors.Entries(Hex.ToBytes(vector.GetProperty("answer").GetString()));
            ILayerStream[] streams = LayerVectors.Finish(layers, answer);
            foreach (JsonElement message in vector.GetProperty("toClient").EnumerateArray())
            {
                byte[] plain = LayerVectors.Decode(streams, Bytes(message, "sealed"));
                Assert.Equal(message.GetProperty("plain").GetString(), Hex.Of(plain));
            }

            byte[] dictionary = Encoding.UTF8.GetBytes(Vectors.OptionalString(vector, "dictionary") ?? "");
            string? key = Vectors.OptionalString(vector, "sessionKey");
            var server = new ServerSide(names, dictionary, key == null ? null : Hex.ToBytes(key));
            foreach (JsonElement message in vector.GetProperty("toServer").EnumerateArray())
            {
                byte[] encoded = LayerVectors.Encode(streams, Bytes(message, "plain"));
                if (!names.Contains("zlib"))
                {
                    Assert.Equal(message.GetProperty("sealed").GetString(), Hex.Of(encoded));
                }

                Assert.Equal(message.GetProperty("plain").GetString(), Hex.Of(server.Decode(encoded)));
            }
        }

        /// <summary>What a client has sent must be inflated as it comes.</summary>
        public static void RunStream(JsonElement vector)
        {
            byte[] dictionary = Encoding.UTF8.GetBytes(vector.GetProperty("dictionary").GetString()!);
            var server = new ServerSide(Vectors.Strings(vector.GetProperty("layers")), dictionary, null);
            foreach (JsonElement message in vector.GetProperty("toServer").EnumerateArray())
            {
                Assert.Equal(message.GetProperty("plain").GetString(), Hex.Of(server.Decode(Bytes(message, "sealed"))));
            }
        }

        public static void RunFailure(JsonElement vector)
        {
            string[] names = Vectors.Strings(vector.GetProperty("layers"));
            ILayer[] layers = LayerVectors.Layers(vector, names, vector.GetProperty("maxMessage").GetInt32());
            foreach (ILayer layer in layers)
            {
                layer.Hello();
            }

            byte[][] answer = LayerVectors.Entries(Hex.ToBytes(vector.GetProperty("answer").GetString()));
            JsonElement fails = vector.GetProperty("fails");
            if (fails.ValueKind == JsonValueKind.String)
            {
                Assert.Equal("answer", fails.GetString());
                Assert.Throws<WireException>(() => LayerVectors.Finish(layers, answer));
                return;
            }

            ILayerStream[] streams = LayerVectors.Finish(layers, answer);
            string[] messages = Vectors.Strings(vector.GetProperty("messages"));
            for (int at = 0; at < messages.Length; at++)
            {
                byte[] message = Hex.ToBytes(messages[at]);
                if (at == fails.GetInt32())
                {
                    Assert.Throws<WireException>(() => LayerVectors.Decode(streams, message));
                }
                else
                {
                    LayerVectors.Decode(streams, message);
                }
            }
        }

        private static byte[] Bytes(JsonElement message, string name) =>
            Hex.ToBytes(message.GetProperty(name).GetString());
    }
}
