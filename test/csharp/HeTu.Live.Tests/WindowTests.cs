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
    public class WindowTests
    {
        private const int Rows = 1_000;
        private const int Window = 100;
        private const int Steps = 200;

        [Theory]
        [InlineData("hetu.1")]
        [InlineData("hetu.2")]
        public async Task A_window_of_100_onto_1000_rows_equals_the_model_at_each_step(string speaking)
        {
            var wire = Wire.Of(speaking);
            await using var server = await wire.ServeAsync();
            await using var client = new WorldClient(
                server.Url,
                bootstrap => bootstrap.Systems.LoginAsync(1),
                wire.Options());
            // A connection may not call move_to more than 1,000 times a second.
            await using var second = new WorldClient(server.Url, null, wire.Options());
            var random = new Random(7);
            var model = new SortedSet<(float X, long Owner)>();
            var places = new Dictionary<long, float>();
            var moves = new List<Task>();
            for (var owner = 1; owner <= Rows; owner++)
            {
                // All different, so that the order does not depend on ids.
                Put(model, places, owner, owner + random.Next(10_000) * Rows);
                var mover = owner % 2 == 0 ? client : second;
                moves.Add(mover.Systems.LoginAsync(owner));
                moves.Add(mover.Systems.MoveToAsync(places[owner], 0));
                // No more than 1,000 may wait.
                if (moves.Count == 400) await Drain(moves);
            }

            await Drain(moves);
            var byX = client.Query<Position>().Range(Position.Index.X);
            using var all = await byX.Limit(Rows).SubscribeAsync().Soon();
            Assert.Equal(model.Select(place => place.Owner), all.Rows.Select(row => row.Owner));
            using var window = await byX.Limit(Window).SubscribeAsync().Soon();
            using var last = await byX.Descending().Limit(Window).SubscribeAsync().Soon();
            for (var step = 0; step < Steps; step++)
            {
                // Half of them are of rows in the window, a quarter leave the world or come back to it.
                var shown = window.Rows[random.Next(Window)].Owner;
                var owner = random.Next(2) == 0 ? shown : 1 + random.Next(Rows);
                var place = random.Next(2) == 0 ? random.Next(500) : random.Next(10_000);
                var x = random.Next(4) == 0 ? -1 : owner + place * Rows;
                Put(model, places, owner, x);
                var login = client.Systems.LoginAsync(owner);
                await client.Systems.MoveToAsync(x, step).Soon();
                await login;
                // A call's own updates come before its answer.
                var owners = model.Select(each => each.Owner).ToArray();
                Assert.Equal(owners.Take(Window), window.Rows.Select(row => row.Owner));
                Assert.Equal(owners.Reverse().Take(Window), last.Rows.Select(row => row.Owner));
            }

            if (speaking == "hetu.2") await CheckPagesAsync(client, model.Select(place => place.Owner).ToArray());
        }

        [Theory]
        [InlineData("hetu.1")]
        [InlineData("hetu.2")]
        public async Task A_row_that_does_not_exist_yet_is_told_when_it_comes_goes_and_comes_again(string speaking)
        {
            var wire = Wire.Of(speaking);
            await using var server = await wire.ServeAsync();
            await using var waiting = new CSharpPlayer(server.Url, 1, wire.Options());
            await using var coming = new CSharpPlayer(server.Url, 2, wire.Options());
            using var row = await waiting.Client.Query<Position>().Where(Position.Index.Owner, 2L).SingleAsync().Soon();
            Assert.Null(row.Row);
            var told = new Trace();
            row.OnInsert += came => told.Add($"+{came.X}");
            row.OnUpdate += (old, now) => told.Add($"{old.X}>{now.X}");
            row.OnDelete += gone => told.Add($"-{gone.X}");
            foreach (var x in new[] { 3, 4, -1, 5 }) await coming.MoveToAsync(x, 0);
            await told.HasAsync("+5");
            Assert.Equal(new[] { "+3", "3>4", "-4", "+5" }, told.Lines);
            Assert.Equal(5, row.Row!.X);
        }

        private static async Task CheckPagesAsync(WorldClient client, IReadOnlyList<long> owners)
        {
            var read = new List<long>();
            PageCursor? next = null;
            do
            {
                var page = await client.Query<Position>().Range(Position.Index.X).Limit(Window).Count().After(next)
                    .FetchAsync().Soon();
                Assert.Equal(owners.Count, page.Count);
                read.AddRange(page.Rows.Select(row => row.Owner));
                next = page.Next;
            }
            while (next != null);
            Assert.Equal(owners, read);
        }

        private static void Put(
            SortedSet<(float X, long Owner)> model,
            Dictionary<long, float> places,
            long owner,
            float x)
        {
            if (places.TryGetValue(owner, out var old)) model.Remove((old, owner));
            places[owner] = x;
            if (x >= 0) model.Add((x, owner));
        }

        private static async Task Drain(List<Task> calls)
        {
            await Task.WhenAll(calls).Soon("the calls");
            calls.Clear();
        }
    }
}
