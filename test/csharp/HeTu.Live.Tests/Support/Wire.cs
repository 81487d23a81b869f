#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HeTu.Tests.LiveServer;

namespace HeTu.LiveTests.Support
{
    /// <summary>What a connection speaks: a protocol (or either), with or without all layers and a secret.</summary>
    internal sealed class Wire
    {
        private Wire(HetuProtocols protocol, string[] layers, string? secret)
        {
            Protocol = protocol;
            Layers = layers;
            Secret = secret;
        }

        internal HetuProtocols Protocol { get; }

        internal IReadOnlyList<string> Layers { get; }

        internal string? Secret { get; }

        /// <summary>
        /// From the words of a test's data: <c>hetu.2</c>, <c>hetu.2 zlib crypto secret</c>, <c>hetu.1 or hetu.2</c>.
        /// </summary>
        internal static Wire Of(string words)
        {
            var parts = words.Split(' ');
            var pinned = parts[0] == "hetu.1" ? HetuProtocols.Hetu1 : HetuProtocols.Hetu2;
            return new Wire(
                parts.Contains("or") ? HetuProtocols.Automatic : pinned,
                parts.Skip(1).Where(part => part == "zlib" || part == "crypto").ToArray(),
                parts.Contains("secret") ? "the secret of the tests" : null);
        }

        /// <summary>A server that speaks it, and nothing else.</summary>
        internal Task<ServerProcess> ServeAsync(string settings = "server.json") =>
            ServeAsync("world", settings);

        /// <summary>A server of some other program.</summary>
        internal async Task<ServerProcess> ServeAsync(string program, string settings)
        {
            var layers = string.Join(',', Layers.Prepend("jsonb"));
            var isHetu1 = Protocol == HetuProtocols.Hetu1;
            return await ServerProcess.StartAsync(new ServerSettings
            {
                Entry = await NodePrograms.PathOfAsync(program),
                Arguments = new[]
                {
                    "--config",
                    NodePrograms.PathOfFile(settings),
                    "--hetu1",
                    isHetu1 ? layers : "off",
                    "--hetu2",
                    isHetu1 ? "off" : layers,
                },
                Environment = Secret == null
                    ? new Dictionary<string, string>()
                    : new Dictionary<string, string> { ["HETU_WIRE_SECRET"] = Secret },
            });
        }

        /// <summary>Options of a client that speaks it, comes back soon, and waits for calls without limit.</summary>
        internal HetuOptions Options()
        {
            var factories = Layers
                .Select(name => name == "zlib" ? ZlibLayer.Factory() : CryptoLayer.Factory(Secret))
                .ToArray();
            return new HetuOptions
            {
                Loop = HetuLoop.ThreadPool,
                Protocols = Protocol,
                Layers = new LayerOptions { Hetu1 = factories, Hetu2 = factories },
                CallTimeout = System.Threading.Timeout.InfiniteTimeSpan,
                Reconnect = new ReconnectOptions
                {
                    BaseDelay = TimeSpan.FromMilliseconds(20),
                    MaxDelay = TimeSpan.FromMilliseconds(200),
                },
            };
        }
    }
}
