#nullable enable

using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using HeTu.LiveTests.Support;
using HeTu.World;
using Xunit;

namespace HeTu.LiveTests
{
    /// <summary>
    /// A server that does as HeTu's Python server does (<c>Node/closing-server.ts</c>): hetu.1 only, and whatever fails
    /// closes the connection.
    /// </summary>
    public class ClosingServerTests
    {
        [Fact]
        public async Task A_client_of_default_protocols_goes_on_with_hetu1_and_works()
        {
            await using var server = await ClosingServer.StartAsync();
            await using var client = Connect(server);
            using var accounts = client.Query("Account", "number", null, null, 1000);
            await accounts.Ready.Soon();
            Assert.Equal("hetu.1", client.Connection.Protocol);
            Assert.Equal(new[] { 100L, 100L, 100L }, accounts.Rows.Select(row => Convert.ToInt64(row["balance"])));
            Assert.Equal("hi", await client.CallSystemAsync("echo", "hi").Soon());
            Assert.Equal(90L, Convert.ToInt64(await client.CallSystemAsync("transfer", 1, 2, 10).Soon()));
            Assert.Equal(new[] { 90L, 110L, 100L }, accounts.Rows.Select(row => Convert.ToInt64(row["balance"])));
            var limited = await Assert.ThrowsAsync<CallRejectedException>(() => client.CallSystemAsync("rare").Soon());
            Assert.Equal("RATE_LIMITED", limited.Code);
            using var refused = client.Query("Position", "x", null, null, 10);
            await Assert.ThrowsAsync<SubscriptionRefusedException>(() => refused.Ready).Soon();
        }

        [Fact]
        public async Task A_call_that_fails_there_has_an_unknown_outcome_and_the_client_comes_back()
        {
            await using var server = await ClosingServer.StartAsync();
            await using var client = Connect(server);
            await using var other = Connect(server);
            using var accounts = client.Query("Account", "number", null, null, 1000);
            await accounts.Ready.Soon();
            var told = new Support.Trace();
            accounts.OnStale += () => told.Add("stale");
            accounts.OnUpdate += (_, row) => told.Add($"{row["number"]}={row["balance"]}");
            accounts.OnResynced += () => told.Add("resynced");
            var failing = client.CallSystemAsync("transfer", 1, 77, 5);
            var behind = client.CallSystemAsync("echo", "behind it");
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => failing).Soon();
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => behind).Soon();
            await told.HasAsync("resynced");
            await other.CallSystemAsync("transfer", 3, 1, 20).Soon();
            await told.HasAsync("3=80");
            Assert.Equal(new[] { "stale", "resynced", "1=120", "3=80" }, told.Lines);
        }

        [Fact]
        public async Task The_TypeScript_client_falls_back_to_hetu1_and_works_beside_it()
        {
            await using var server = await ClosingServer.StartAsync();
            await using var client = Connect(server);
            await using var player = await TypeScriptPlayer.StartAsync(server.Url, 1, Wire.Of("hetu.1 or hetu.2"));
            Assert.Equal("hi", await player.EchoAsync("hi").Soon());
            Assert.Equal(95, await player.TransferAsync(1, 2, 5).Soon());
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => player.TransferAsync(1, 77, 5)).Soon();
            Assert.Equal(90, await player.TransferAsync(1, 2, 5).Soon());
            Assert.Equal(85L, Convert.ToInt64(await client.CallSystemAsync("transfer", 1, 2, 5).Soon()));
        }

        [Fact]
        public async Task A_client_with_generated_code_works_there_too()
        {
            await using var server = await ClosingServer.StartAsync();
            var options = Wire.Of("hetu.1 or hetu.2").Options();
            await using var client = new CSharpPlayer(server.Url, 1, options);
            var all = client.Client.Query<Account>().Range(Account.Index.Number);
            using var accounts = await all.SubscribeAsync().Soon();
            Assert.Equal(60, await client.TransferAsync(2, 3, 40).Soon());
            Assert.Equal(new[] { 100L, 60L, 140L }, accounts.Rows.Select(row => row.Balance));
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => client.TransferAsync(1, 77, 5)).Soon();
            Assert.Equal("back", await client.EchoAsync("back").Soon());
            Assert.Equal(2, client.Bootstraps);
        }

        private static HetuClient Connect(ClosingServer server)
        {
            return new HetuClient(server.Url, Wire.Of("hetu.1 or hetu.2").Options());
        }

        private sealed class ClosingServer : IAsyncDisposable
        {
            private readonly Process process;

            private ClosingServer(Process process, string port)
            {
                this.process = process;
                Url = $"ws://127.0.0.1:{port}/hetu/world";
            }

            internal string Url { get; }

            internal static async Task<ClosingServer> StartAsync()
            {
                var start = new ProcessStartInfo("node") { RedirectStandardOutput = true };
                start.ArgumentList.Add(await NodePrograms.PathOfAsync("closing-server"));
                var process = Process.Start(start)!;
                var port = await process.StandardOutput.ReadLineAsync().Soon();
                return new ClosingServer(process, port ?? throw new InvalidOperationException("it has ended"));
            }

            public ValueTask DisposeAsync()
            {
                if (!process.HasExited) process.Kill();
                process.WaitForExit();
                process.Dispose();
                return default;
            }
        }
    }
}
