#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HeTu.Tests.LiveServer;
using HeTu.World;
using Xunit;

namespace HeTu.Tests.Layers
{
    /// <summary>The layers against a server that runs them for real.</summary>
    public sealed class LiveLayersTests
    {
        private const string Secret = "a key that both sides know: ключ";

        [Theory]
        [InlineData("zlib", null)]
        [InlineData("crypto", null)]
        [InlineData("crypto", Secret)]
        [InlineData("zlib,crypto", Secret)]
        public async Task CallsAndRowsComeThroughOverBothProtocols(string layers, string? secret)
        {
            await using ServerProcess server = await ServerProcess.StartAsync(SettingsOf(layers, secret));
            foreach (HetuProtocols protocols in new[] { HetuProtocols.Hetu1, HetuProtocols.Hetu2 })
            {
                await using var client = new WorldClient(
                    server.Url,
                    bootstrap => bootstrap.Systems.LoginAsync(7),
                    OptionsOf(protocols, layers, secret));
                using LiveRange<Position> positions = await client.Query<Position>().Range(Position.Index.X).SubscribeAsync();
                for (int step = 0; step < 20; step++) await client.Systems.MoveToAsync(step, -step);
                Assert.Equal((19f, -19f), (positions.Rows.Single().X, positions.Rows.Single().Y));
                string text = string.Concat(Enumerable.Repeat("naïve 🙂 ", 100));
                Assert.Equal(text, await client.Systems.EchoAsync(text));
            }
        }

        [Theory]
        [InlineData("another key")]
        [InlineData(null)]
        public async Task AClientWithoutTheKeyOfTheServerIsClosedForGood(string? secret)
        {
            await using ServerProcess server = await ServerProcess.StartAsync(SettingsOf("crypto", Secret));
            foreach (HetuProtocols protocols in new[] { HetuProtocols.Hetu1, HetuProtocols.Hetu2 })
            {
                await using var client = new WorldClient(server.Url, options: OptionsOf(protocols, "crypto", secret));
                await Assert.ThrowsAsync<ConnectionClosedException>(() => client.ConnectedAsync());
                Assert.Equal(ConnectionStatus.Closed, client.Connection.Status);
            }
        }

        private static ServerSettings SettingsOf(string layers, string? secret) =>
            new ServerSettings
            {
                Arguments = new[] { "--hetu1", $"jsonb,{layers}", "--hetu2", $"jsonb,{layers}" },
                Environment = secret == null
                    ? new Dictionary<string, string>()
                    : new Dictionary<string, string> { ["HETU_WIRE_SECRET"] = secret },
            };

        private static HetuOptions OptionsOf(HetuProtocols protocols, string layers, string? secret)
        {
            Func<ILayer>[] factories = layers
                .Split(',')
                .Select(layer => layer == "zlib" ? ZlibLayer.Factory() : CryptoLayer.Factory(secret))
                .ToArray();
            return new HetuOptions
            {
                Protocols = protocols,
                Loop = HetuLoop.ThreadPool,
                Layers = new LayerOptions { Hetu1 = factories, Hetu2 = factories },
            };
        }
    }
}
