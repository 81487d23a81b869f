#nullable enable

using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace HeTu.Tests.Conformance
{
    /// <summary>Runs a file of the kind <c>frames</c>: all its cases are one connection.</summary>
    internal static class FramesRunner
    {
        private static readonly string[] LayerSets = { "zlib", "crypto", "zlib,crypto" };

        /// <summary>What the message of a case means.</summary>
        internal static void RunMeaning(JsonElement file, JsonElement vector)
        {
            string protocol = file.GetProperty("protocol").GetString()!;
            string from = file.GetProperty("from").GetString()!;
            var values = WireTree.Read(Hex.ToBytes(vector.GetProperty("jsonb").GetString()));
            JsonElement[] frames = vector.GetProperty("frames").EnumerateArray().ToArray();
            Assert.Equal(frames.Length, values.Count);
            for (int at = 0; at < frames.Length; at++)
            {
                JsonArray expected = FrameNames.FrameOf(protocol, from, JsonObject.Create(frames[at])!);
                VectorAssert.Same(JsonSerializer.SerializeToElement(expected), values[at]!);
            }
        }

        /// <summary>The messages of all cases through each set of layers.</summary>
        internal static void RunLayers(JsonElement file)
        {
            foreach (string set in LayerSets)
            {
                string[] names = set.Split(',');
                bool fromServer = file.GetProperty("from").GetString() == "server";
                ILayerStream[] client = Client(file, names);
                var server = Server(file, names);
                foreach (JsonElement vector in file.GetProperty("cases").EnumerateArray())
                {
                    byte[] message = Hex.ToBytes(vector.GetProperty(set).GetString());
                    byte[] plain = fromServer ? LayerVectors.Decode(client, message) : server.Decode(message);
                    Assert.Equal(vector.GetProperty("jsonb").GetString(), Hex.Of(plain));
                }
            }
        }

        private static ILayerStream[] Client(JsonElement file, string[] names)
        {
            ILayer[] layers = LayerVectors.Layers(file, names, ZlibLayer.DefaultMaxMessage);
            foreach (ILayer layer in layers) layer.Hello();
            byte[][] answer = names.Select(name => name == "zlib" ? Dictionary(file) : ServerKey(file)).ToArray();
            return LayerVectors.Finish(layers, answer);
        }

        private static ServerSide Server(JsonElement file, string[] names) =>
            new ServerSide(
                names,
                Dictionary(file),
                names.Contains("crypto") ? Hex.ToBytes(file.GetProperty("sessionKey").GetString()) : null);

        private static byte[] Dictionary(JsonElement file) =>
            Encoding.UTF8.GetBytes(file.GetProperty("dictionary").GetString()!);

        private static byte[] ServerKey(JsonElement file)
        {
            byte[] key = new byte[32];
            byte[] privateKey = Hex.ToBytes(file.GetProperty("serverPrivateKey").GetString());
            Org.BouncyCastle.Math.EC.Rfc7748.X25519.GeneratePublicKey(privateKey, 0, key, 0);
            return key;
        }
    }
}
