#nullable enable

using System;
using System.Threading.Tasks;
using HeTu.LiveTests.Support;
using HeTu.World;
using Xunit;

namespace HeTu.LiveTests
{
    /// <summary>What a client is told when it and the server do not fit.</summary>
    public class RefusedTests
    {
        [Theory]
        [InlineData("hetu.1")]
        [InlineData("hetu.2")]
        public async Task Another_secret_closes_the_client_for_good_and_names_the_key(string protocol)
        {
            await using var server = await Wire.Of(protocol + " zlib crypto secret").ServeAsync();
            var options = Wire.Of(protocol).Options();
            var layers = new Func<ILayer>[] { ZlibLayer.Factory(), CryptoLayer.Factory("a guess") };
            options.Layers = new LayerOptions { Hetu1 = layers, Hetu2 = layers };
            await using var client = new WorldClient(server.Url, null, options);
            var lost = Assert.IsType<ConnectionLostException>((await client.Reaches(ConnectionStatus.Closed)).Error);
            Assert.Equal(4005, lost.CloseCode);
            Assert.Contains("crypto", lost.Message);
            await Assert.ThrowsAsync<ConnectionClosedException>(() => client.Systems.EchoAsync("anybody?"));
        }

        [Theory]
        [InlineData("hetu.1 zlib", "hetu.1")]
        [InlineData("hetu.1", "hetu.1 zlib")]
        [InlineData("hetu.2 zlib crypto", "hetu.2")]
        [InlineData("hetu.2", "hetu.2 zlib crypto")]
        public async Task Other_layers_than_the_servers_are_named_in_the_error(string served, string spoken)
        {
            await using var server = await Wire.Of(served).ServeAsync();
            await using var client = new WorldClient(server.Url, null, Wire.Of(spoken).Options());
            var state = await client.Reaches(
                now => now.Status == ConnectionStatus.Waiting || now.Status == ConnectionStatus.Closed);
            var lost = Assert.IsType<ConnectionLostException>(state.Error);
            Assert.Contains("this client's layers are jsonb", lost.Message);
        }

        [Theory]
        [InlineData("hetu.1")]
        [InlineData("hetu.2")]
        public async Task An_instance_that_does_not_exist_closes_the_client_for_good(string protocol)
        {
            var wire = Wire.Of(protocol);
            await using var server = await wire.ServeAsync();
            await using var client = new WorldClient(
                server.Url.Replace("world", "nowhere", StringComparison.Ordinal),
                null,
                wire.Options());
            var lost = Assert.IsType<ConnectionLostException>((await client.Reaches(ConnectionStatus.Closed)).Error);
            Assert.Equal(4004, lost.CloseCode);
        }

        [Fact]
        public async Task A_server_with_another_schema_refuses_what_differs_by_name_and_serves_the_rest()
        {
            var wire = Wire.Of("hetu.2");
            await using var server = await wire.ServeAsync("other-world", "server.json");
            await using var client = new CSharpPlayer(server.Url, 1, wire.Options());
            var positions = client.Client.Query<Position>().Range(Position.Index.X);
            var mismatch = await Assert.ThrowsAsync<SchemaMismatchException>(() => positions.SubscribeAsync().Soon());
            Assert.Equal(
                "Position.x is f32 here and f64 on the server: the server runs another version of the schema; " +
                    "build the client again",
                mismatch.Message);
            await Assert.ThrowsAsync<SchemaMismatchException>(() => positions.FetchAsync().Soon());
            var lost = await Assert.ThrowsAsync<SchemaMismatchException>(
                () => client.Client.Query<Notice>().Range(Notice.Index.Guild).SubscribeAsync().Soon());
            Assert.StartsWith("Notice is not on the server:", lost.Message);

            // A column that only the server has is skipped.
            Assert.Equal(999_990, await client.TransferAsync(1, 2, 10).Soon());
            var all = client.Client.Query<Account>().Range(Account.Index.Number);
            using var accounts = await all.SubscribeAsync().Soon();
            Assert.Equal(new[] { 999_990L, 1_000_010L }, new[] { accounts.Rows[0].Balance, accounts.Rows[1].Balance });
            Assert.Equal(1, await client.BuyAsync(3, 1).Soon());
        }

        [Theory]
        [InlineData("hetu.1")]
        [InlineData("hetu.2")]
        [InlineData("hetu.2 zlib")]
        public async Task A_message_over_the_servers_limit_fails_with_an_error_that_names_the_limit(string speaking)
        {
            var wire = Wire.Of(speaking);
            await using var server = await wire.ServeAsync();
            await using var client = new HetuClient(server.Url, wire.Options());
            await client.ConnectedAsync().Soon();
            var text = new string('x', 600 * 1024);
            var unknown = await Assert.ThrowsAsync<OutcomeUnknownException>(
                () => client.CallSystemAsync("echo", text).Soon());
            var lost = Assert.IsType<ConnectionLostException>(unknown.InnerException);
            Assert.Contains("524288", lost.Message);
            Assert.Equal("still here", await client.CallSystemAsync("echo", "still here").Soon());
        }
    }
}
