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
    public class SharedWorldTests
    {
        [Theory]
        [InlineData("hetu.1")]
        [InlineData("hetu.1 zlib crypto")]
        [InlineData("hetu.2")]
        [InlineData("hetu.2 zlib crypto secret")]
        public async Task Clients_in_CSharp_and_TypeScript_are_told_the_same_rows_changes_and_events(string speaking)
        {
            var wire = Wire.Of(speaking);
            await using var server = await wire.ServeAsync();
            await using var ann = new CSharpPlayer(server.Url, 1, wire.Options());
            await using var bob = new CSharpPlayer(server.Url, 2, wire.Options());
            await using var tess = await TypeScriptPlayer.StartAsync(server.Url, 3, wire);
            var players = new IPlayer[] { ann, bob, tess };
            await Task.WhenAll(players.Select(player => player.WatchAsync()));
            Assert.Equal(speaking.Split(' ')[0], ann.Client.Connection.Protocol);

            await Task.WhenAll(players.Select(PlayAsync)).Soon();
            await tess.ShoutAsync("the end").Soon();
            await Task.WhenAll(players.Select(player => player.Told.HasAsync("!3:the end")));

            // Inventories are each player's own.
            var seen = ann.Told.Lines.Where(IsOfAll).ToArray();
            Assert.Equal(seen, bob.Told.Lines.Where(IsOfAll));
            Assert.Equal(seen, tess.Told.Lines.Where(IsOfAll));
            Assert.Equal(3 * Rounds + 1, seen.Count(line => line[0] == '!'));

            var rows = (await ann.RowsAsync()).Where(IsOfAll).ToArray();
            Assert.Equal(rows, (await bob.RowsAsync()).Where(IsOfAll));
            Assert.Equal(rows, (await tess.RowsAsync()).Where(IsOfAll));
            foreach (var player in players)
            {
                Assert.Equal(new[] { $"I7x{Rounds}" }, (await player.RowsAsync()).Where(row => row[0] == 'I'));
                Assert.Empty(player.Surprises);
            }
        }

        private const int Rounds = 20;

        private static bool IsOfAll(string line) => line[0] != 'I';

        /// <summary>Every kind of call, several under way at a time.</summary>
        private static async Task PlayAsync(IPlayer player)
        {
            var random = new Random(player.User);
            for (var round = 0; round < Rounds; round++)
            {
                // Beyond 1,000 is out of sight.
                var x = random.Next(0, 12) * 100 + player.User;
                var other = 1 + (player.User + random.Next(2)) % 3;
                var calls = new List<Task>
                {
                    player.MoveToAsync(x, round / 2f),
                    player.TransferAsync(player.User, other, 1 + random.Next(9)),
                    player.BuyAsync(7, 1),
                    player.ShoutAsync($"round {round}"),
                };
                Assert.Equal("ünï", await player.EchoAsync("ünï"));
                await Task.WhenAll(calls);
                var refused = await Assert.ThrowsAsync<NotEnoughException>(
                    () => player.TransferAsync(100 + player.User, other, 1_000_000 - round).ContinueWith(
                        first =>
                        {
                            // Rejected from the second round on; reading why keeps it from being unobserved.
                            _ = first.Exception;
                            return player.TransferAsync(100 + player.User, other, 1_000_000);
                        },
                        TaskScheduler.Default).Unwrap());
                Assert.Equal("NotEnough", refused.Code);
                Assert.Equal(1_000_000, refused.Need);
            }
        }
    }
}
