#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HeTu.LiveTests.Support;
using Xunit;

namespace HeTu.LiveTests
{
    public class KilledServerTests
    {
        private const int Kills = 2;

        [Theory]
        [InlineData("hetu.1")]
        [InlineData("hetu.2")]
        [InlineData("hetu.2 zlib crypto secret")]
        public async Task Nothing_acknowledged_is_lost_when_the_server_is_killed_under_load(string speaking)
        {
            var wire = Wire.Of(speaking);
            await using var server = await wire.ServeAsync();
            await using var ann = new CSharpPlayer(server.Url, 1, wire.Options());
            await using var bob = new CSharpPlayer(server.Url, 2, wire.Options());
            await using var tess = await TypeScriptPlayer.StartAsync(server.Url, 3, wire);
            await using var hung = new CSharpPlayer(server.Url, 4, wire.Options());
            var players = new IPlayer[] { ann, bob, tess };
            await Task.WhenAll(players.Select(player => player.WatchAsync()));
            // The server never answers this one.
            var lost = hung.EchoAsync("hang");

            var answers = new Count();
            var loads = players.Select(player => new Load(player, answers.Add)).ToArray();
            var running = Task.WhenAll(loads.Select(load => load.RunAsync()));
            for (var kill = 1; kill <= Kills; kill++)
            {
                await answers.ReachesAsync(answers.Value + 300);
                server.Kill();
                await server.StartAgainAsync();
                await Task.WhenAll(players.Select(
                    player => player.Told.CountsAsync(kill, line => line == "I resynced")));
            }

            await answers.ReachesAsync(answers.Value + 100);
            foreach (var load in loads) load.Stop();
            await running.Soon();
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => lost).Soon();
            await tess.ShoutAsync("the end").Soon();
            await Task.WhenAll(players.Select(player => player.Told.HasAsync("!3:the end")));

            foreach (var (player, load) in players.Zip(loads))
            {
                Assert.Empty(player.Surprises);
                Assert.Empty(load.Surprises);
                var rows = await player.RowsAsync();
                await using var fresh = new CSharpPlayer(server.Url, player.User, wire.Options());
                await fresh.WatchAsync();
                Assert.Equal(await fresh.RowsAsync(), rows);
                CheckBooks(fresh, load);
                foreach (var query in new[] { "P", "A", "I" }) CheckBreaks(player, query);
            }
        }

        /// <summary>What was acknowledged has happened, purchases once; what is unknown may have.</summary>
        private static void CheckBooks(CSharpPlayer fresh, Load load)
        {
            var slots = fresh.RowsAsync().Result.Where(row => row[0] == 'I');
            Assert.Equal(load.Bought.Select((count, item) => $"I{item}x{count}"), slots);
            var spent = 1_000_000 - fresh.Accounts.Rows.Single(row => row.Number == fresh.User).Balance;
            Assert.InRange(spent, load.Paid, load.Paid + load.MaybePaid);
        }

        /// <summary>Each break is told as stale, one difference at most, and resynced.</summary>
        private static void CheckBreaks(IPlayer player, string query)
        {
            var told = player.Told.Lines
                .Where(line => line.StartsWith(query, StringComparison.Ordinal))
                .Where(line => line[1] == ' ' || line[1] == '.')
                .ToArray();
            var breaks = 0;
            for (var at = 0; at < told.Length; at++)
            {
                Assert.NotEqual($"{query} resynced", told[at]);
                if (told[at] != $"{query} stale") continue;
                breaks++;
                at++;
                if (told[at] == $"{query}.") at++;
                Assert.Equal($"{query} resynced", told[at]);
            }

            Assert.Equal(Kills, breaks);
        }

        /// <summary>Counts, and can be waited for.</summary>
        private sealed class Count
        {
            private readonly object gate = new object();
            private readonly List<(int At, TaskCompletionSource<bool> Reached)> waiting =
                new List<(int, TaskCompletionSource<bool>)>();

            internal int Value { get; private set; }

            internal void Add()
            {
                lock (gate)
                {
                    Value++;
                    foreach (var (at, reached) in waiting)
                    {
                        if (at <= Value) reached.TrySetResult(true);
                    }
                }
            }

            internal Task ReachesAsync(int value)
            {
                var reached = Wait.Signal<bool>();
                lock (gate)
                {
                    if (value <= Value) reached.SetResult(true);
                    else waiting.Add((value, reached));
                }

                return reached.Task.Soon($"{value} answers");
            }
        }
    }
}
