#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HeTu.LiveTests.Support;
using HeTu.World;
using Xunit;

namespace HeTu.LiveTests
{
    public class CutLinkTests
    {
        private const int Accounts = 300;

        [Theory]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        public async Task A_client_cut_off_anywhere_resumes_with_only_what_it_missed(int seed)
        {
            var random = new Random(seed);
            var wire = Wire.Of("hetu.2");
            await using var server = await wire.ServeAsync();
            await using var proxy = CuttableProxy.Start(server.Port);
            await using var other = new CSharpPlayer(server.Url, 2, wire.Options());
            await OpenAccountsAsync(other);
            await using var client = new CSharpPlayer(proxy.Url, 1, wire.Options());
            await client.WatchAsync();
            await other.WatchAsync();
            Assert.Equal(Accounts, client.Accounts.Rows.Count);

            for (var round = 1; round <= 12; round++)
            {
                proxy.Overheard.Reset();
                var touched = Enumerable.Range(0, 1 + random.Next(10))
                    .Select(_ => 2 * random.Next(Accounts / 2))
                    .ToArray();
                var resynced = client.Told.CountsAsync(round, line => line == "A resynced");
                // Most cuts are within a frame.
                proxy.CutAfter(1 + random.Next(40 * touched.Length));
                await Task.WhenAll(touched.Select(number => other.TransferAsync(number, number + 1, 1))).Soon();
                proxy.Cut();
                await resynced;
                await client.Accounts.Becomes(rows => Same(rows, other.Accounts.Rows)).Soon("the same rows");

                // First whether the session went on, then what was sent for it: they fail for different reasons.
                Assert.True(client.Client.Connection.Resumed, $"in round {round} the session was not resumed");
                Assert.Equal(1, client.Bootstraps);
                var (snapshots, caughtUp, rows) = proxy.Overheard.Counts;
                Assert.True(snapshots == 0, $"in round {round}, {snapshots} queries were answered with all rows");
                Assert.InRange(caughtUp, 3, int.MaxValue);
                Assert.InRange(rows, 0, 2 * touched.Distinct().Count() * (caughtUp / 3));
            }

            Assert.Equal(1, await client.Client.Systems.WhoamiAsync());
            Assert.Empty(client.Surprises);
        }

        [Fact]
        public async Task What_comes_after_a_resume_is_exactly_what_was_written_meanwhile()
        {
            var wire = Wire.Of("hetu.2");
            await using var server = await wire.ServeAsync();
            await using var proxy = CuttableProxy.Start(server.Port);
            await using var other = new CSharpPlayer(server.Url, 2, wire.Options());
            await OpenAccountsAsync(other);
            await using var client = new CSharpPlayer(proxy.Url, 1, wire.Options());
            await client.WatchAsync();
            proxy.Overheard.Reset();
            proxy.Refuses = true;
            proxy.Cut();
            await client.Told.HasAsync("A stale");
            for (var number = 0; number < 10; number += 2) await other.TransferAsync(number, number + 1, 1);
            await other.MoveToAsync(5, 5);
            proxy.Refuses = false;
            await client.Told.HasAsync("A resynced");
            // Ten accounts, and one position that is new.
            Assert.Equal((0, 3, 11), proxy.Overheard.Counts);
            Assert.Equal(10, client.Told.Lines.Count(line => line.StartsWith("A~", StringComparison.Ordinal)));
            Assert.Equal(1, client.Bootstraps);
        }

        [Fact]
        public async Task After_the_window_bootstrap_runs_again_and_the_disconnect_hook_has_run()
        {
            var wire = Wire.Of("hetu.2");
            await using var server = await wire.ServeAsync("short-window.json");
            await using var proxy = CuttableProxy.Start(server.Port);
            await using var other = new CSharpPlayer(server.Url, 2, wire.Options());
            await using var client = new CSharpPlayer(proxy.Url, 1, wire.Options());
            await client.WatchAsync();
            await other.WatchAsync();
            Assert.DoesNotContain(other.Accounts.Rows, row => row.Number == HasLeft);
            proxy.Refuses = true;
            proxy.Cut();
            await client.Told.HasAsync("A stale");
            // The system "any" shows whom the hook has seen.
            while (other.Accounts.Rows.All(row => row.Number != HasLeft)) await other.Client.Systems.AnyAsync().Soon();
            Assert.Equal(1, client.Bootstraps);
            proxy.Refuses = false;
            await client.Told.HasAsync("A resynced");
            Assert.False(client.Client.Connection.Resumed);
            Assert.Equal(2, client.Bootstraps);
            Assert.Equal(1, await client.Client.Systems.WhoamiAsync());
            Assert.Equal(await other.RowsAsync(), await client.RowsAsync());
        }

        /// <summary>The account that tells that user 1 has left.</summary>
        private const int HasLeft = 1_000_001;

        private static Task OpenAccountsAsync(CSharpPlayer player)
        {
            var opening = new List<Task>();
            for (var number = 0; number < Accounts; number += 2)
            {
                opening.Add(player.TransferAsync(number, number + 1, 1));
            }

            return Task.WhenAll(opening).Soon();
        }

        private static bool Same(RowList<Account> one, RowList<Account> other) => one.SequenceEqual(other);
    }
}
