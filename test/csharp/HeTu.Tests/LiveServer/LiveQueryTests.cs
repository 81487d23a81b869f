#nullable enable

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using HeTu.World;
using Xunit;

namespace HeTu.Tests.LiveServer
{
    public sealed class LiveQueryTests : IAsyncLifetime
    {
        private readonly List<IAsyncDisposable> endings = new List<IAsyncDisposable>();
        private ServerProcess server = null!;

        public async Task InitializeAsync() => server = await ServerProcess.StartAsync();

        public async Task DisposeAsync()
        {
            foreach (var ending in endings) await ending.DisposeAsync();
            await server.DisposeAsync();
        }

        [Theory]
        [InlineData(HetuProtocols.Hetu1)]
        [InlineData(HetuProtocols.Automatic)]
        public async Task Two_clients_see_each_other_move_in_the_order_of_the_index(HetuProtocols protocols)
        {
            var ann = Player(1, protocols);
            var bob = Player(2, protocols);
            await ann.Systems.MoveToAsync(5, 0);
            using var near = await ann.Query<Position>().Range(Position.Index.X, 0, 10).SubscribeAsync();
            var arrived = Next(near);
            await bob.Systems.MoveToAsync(3, 1);
            Assert.Equal(ChangeKind.Insert, Assert.Single(await arrived).Kind);
            Assert.Equal(new[] { 2L, 1L }, near.Rows.Select(row => row.Owner));
            var moved = Next(near);
            await bob.Systems.MoveToAsync(3, 7);
            var change = Assert.Single(await moved);
            Assert.Equal((1f, 7f), (change.Old!.Y, change.Row!.Y));
            var left = Next(near);
            await bob.Systems.MoveToAsync(50, 1);
            Assert.Equal(2, Assert.Single(await left).Old!.Owner);
        }

        [Theory]
        [InlineData(HetuProtocols.Hetu1)]
        [InlineData(HetuProtocols.Automatic)]
        public async Task A_row_that_does_not_exist_yet_is_live_and_there_before_the_answer_of_the_call_that_made_it(
            HetuProtocols protocols)
        {
            var ann = Player(1, protocols);
            using var me = await ann.Query<Position>().Where(Position.Index.Owner, 1).SingleAsync();
            Assert.Null(me.Row);
            Assert.False(me.IsStale);
            var told = new List<float>();
            me.OnInsert += row => told.Add(row.X);
            await ann.Systems.MoveToAsync(1, 2);
            Assert.Equal((1f, 2f), (me.Row!.X, me.Row.Y));
            Assert.Equal(new[] { 1f }, told);
            using var shared = await ann.Query<Position>().Where(Position.Index.Owner, 1).SingleAsync();
            Assert.Same(me.Row, shared.Row);
        }

        [Theory]
        [InlineData(HetuProtocols.Hetu1)]
        [InlineData(HetuProtocols.Automatic)]
        public async Task A_thousand_rows_go_through_a_window_and_what_is_told_adds_up(HetuProtocols protocols)
        {
            var ann = Player(1, protocols);
            // Two of them: a connection may send some hundred messages at once.
            var others = new[] { Player(2, protocols), Player(3, protocols) };
            Mirror<Account> mirror = null!;
            using var window = ann.Query<Account>()
                .Range(Account.Index.Number)
                .Descending()
                .Limit(50)
                .Subscribe(query => mirror = new Mirror<Account>(query));
            await window.Ready;
            var full = Until(window, () => window.Rows.Count == 50 && window.Rows[49].Number == 951);
            var made = new List<Task>();
            for (var number = 1; number < 1_000; number += 2)
            {
                made.Add(others[number / 2 % 2].Systems.TransferAsync(number, number + 1, 1));
            }

            await Task.WhenAll(made);
            await full;
            await ann.Systems.EchoAsync("all updates before this have come");
            Assert.Equal(Enumerable.Range(951, 50).Reverse(), window.Rows.Select(row => row.Number));
            Assert.Equal(window.Rows.OrderBy(row => row.Id), mirror.Rows.Values.OrderBy(row => row.Id));
            Assert.Empty(mirror.Mistakes);
            using var everything = await ann.Query<Account>().Range(Account.Index.Number).SubscribeAsync();
            Assert.Equal(Enumerable.Range(1, 1_000), everything.Rows.Select(row => row.Number));
        }

        [Theory]
        [InlineData(HetuProtocols.Hetu1)]
        [InlineData(HetuProtocols.Automatic)]
        public async Task A_refused_query_begins_when_the_user_logs_in_later(HetuProtocols protocols)
        {
            var client = Start(protocols, null);
            using var mine = client.Query<Position>().Where(Position.Index.Owner, 7).Single();
            await Assert.ThrowsAsync<SubscriptionRefusedException>(() => mine.Ready);
            var begun = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            mine.OnResynced += () => begun.TrySetResult(true);
            await client.Systems.LoginAsync(7);
            await begun.Task;
            Assert.Null(mine.Error);
            await client.Systems.MoveToAsync(1, 2);
            Assert.Equal(7, mine.Row!.Owner);
        }

        [Theory]
        [InlineData(HetuProtocols.Hetu1)]
        [InlineData(HetuProtocols.Automatic)]
        public async Task A_broken_link_is_one_difference_to_a_query(HetuProtocols protocols)
        {
            var transport = new CuttableTransport();
            var bootstraps = 0;
            var ann = Start(
                protocols,
                bootstrap =>
                {
                    bootstraps++;
                    return bootstrap.Systems.LoginAsync(1);
                },
                transport);
            var bob = Player(2, protocols);
            await ann.Systems.MoveToAsync(1, 0);
            await bob.Systems.MoveToAsync(2, 0);
            using var near = await ann.Query<Position>().Range(Position.Index.X, 0, 10).SubscribeAsync();
            var kept = near.Rows[0];
            var told = new List<string>();
            near.OnInsert += row => told.Add($"+{row.Owner}");
            near.OnUpdate += (_, row) => told.Add($"~{row.Owner}");
            near.OnDelete += row => told.Add($"-{row.Owner}");
            near.OnStale += () => told.Add("stale");
            var stale = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            var resynced = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            ann.OnStale += () => stale.TrySetResult(true);
            ann.OnResynced += () => resynced.TrySetResult(true);
            transport.Cut();
            await stale.Task;
            await bob.Systems.MoveToAsync(3, 0);
            await resynced.Task;
            await Until(near, () => near.Rows.Any(row => row.Owner == 2 && row.X == 3f));
            Assert.Equal(new[] { "stale", "~2" }, told);
            Assert.Same(kept, near.Rows[0]);
            Assert.Equal(protocols == HetuProtocols.Automatic, ann.Connection.Resumed);
            Assert.Equal(ann.Connection.Resumed ? 1 : 2, bootstraps);
        }

        [Theory]
        [InlineData(HetuProtocols.Hetu1)]
        [InlineData(HetuProtocols.Automatic)]
        public async Task A_server_that_has_lost_its_data_takes_the_rows_back(HetuProtocols protocols)
        {
            var ann = Player(1, protocols);
            await ann.Systems.MoveToAsync(1, 0);
            Mirror<Position> mirror = null!;
            using var near = ann.Query<Position>()
                .Range(Position.Index.X, 0, 10)
                .Subscribe(query => mirror = new Mirror<Position>(query));
            await near.Ready;
            var resynced = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            near.OnResynced += () => resynced.TrySetResult(true);
            var port = server.Port.ToString(CultureInfo.InvariantCulture);
            await server.DisposeAsync();
            server = await ServerProcess.StartAsync("--port", port);
            await resynced.Task;
            Assert.Empty(near.Rows);
            Assert.Empty(mirror.Rows);
            Assert.Empty(mirror.Mistakes);
        }

        [Fact]
        public async Task Pages_of_a_range_are_read_one_after_the_other()
        {
            var ann = Player(1, HetuProtocols.Automatic);
            for (var number = 1; number < 50; number += 2) await ann.Systems.TransferAsync(number, number + 1, 1);
            var query = ann.Query<Account>().Range(Account.Index.Number, Bound.Exclusive(5), 44).Limit(20);
            var first = await query.Count().FetchAsync();
            Assert.Equal(39, first.Count);
            Assert.Equal(Enumerable.Range(6, 20), first.Rows.Select(row => row.Number));
            var second = await query.After(first.Next).FetchAsync();
            Assert.Equal(Enumerable.Range(26, 19), second.Rows.Select(row => row.Number));
            Assert.Null(second.Next);
        }

        [Theory]
        [InlineData(HetuProtocols.Hetu1)]
        [InlineData(HetuProtocols.Automatic)]
        public async Task A_client_without_generated_code_queries_by_name(HetuProtocols protocols)
        {
            var ann = Player(1, protocols);
            await ann.Systems.MoveToAsync(4, 2);
            await using var tool = new HetuClient(
                server.Url,
                Options(protocols, null),
                bootstrap => bootstrap.CallSystemAsync("login", 2));
            using var near = tool.Query("Position", "owner", 1, 999, 100);
            await near.Ready;
            var row = Assert.Single(near.Rows);
            Assert.Equal(new[] { "owner", "zone", "x", "y" }, row.Columns);
            Assert.Equal((1L, 4d, 2d), (row["owner"], row["x"], row["y"]));
            var moved = Next(near);
            await ann.Systems.MoveToAsync(5, 2);
            Assert.Equal(5d, Assert.Single(await moved).Row!["x"]);
        }

        [Fact]
        public async Task A_composite_key_finds_its_row_and_a_prefix_its_rows()
        {
            var ann = Player(1, HetuProtocols.Automatic);
            await ann.Systems.BuyAsync(5, 2);
            await ann.Systems.BuyAsync(6, 1);
            using var one = await ann.Query<Inventory>().Where(Inventory.Index.OwnerItem, 1L, 5).SingleAsync();
            using var both = await ann.Query<Inventory>().Where(Inventory.Index.OwnerItem, 1L).SubscribeAsync();
            Assert.Equal(2u, one.Row!.Count);
            Assert.Equal(new[] { 5, 6 }, both.Rows.Select(row => row.Item));
        }

        private static HetuOptions Options(HetuProtocols protocols, ITransport? transport) => new HetuOptions
        {
            Protocols = protocols,
            Loop = HetuLoop.ThreadPool,
            Transport = transport,
            Reconnect = new ReconnectOptions
            {
                BaseDelay = TimeSpan.FromMilliseconds(20),
                MaxDelay = TimeSpan.FromMilliseconds(100),
            },
        };

        /// <summary>The next changes that come together.</summary>
        private static Task<Change<TRow>[]> Next<TRow>(LiveQuery<TRow> query)
            where TRow : class, IRow
        {
            var next = new TaskCompletionSource<Change<TRow>[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            query.OnChange += changes => next.TrySetResult(changes.ToArray());
            return next.Task;
        }

        private static async Task Until<TRow>(LiveQuery<TRow> query, Func<bool> isSo)
            where TRow : class, IRow
        {
            var so = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            void Look(ChangeList<TRow> changes)
            {
                if (isSo()) so.TrySetResult(true);
            }

            query.OnChange += Look;
            if (isSo()) so.TrySetResult(true);
            await so.Task;
            query.OnChange -= Look;
        }

        private WorldClient Player(long user, HetuProtocols protocols) =>
            Start(protocols, bootstrap => bootstrap.Systems.LoginAsync(user));

        private WorldClient Start(
            HetuProtocols protocols,
            Func<WorldBootstrap, Task>? bootstrap,
            ITransport? transport = null)
        {
            var client = new WorldClient(server.Url, bootstrap, Options(protocols, transport));
            endings.Add(client);
            return client;
        }
    }
}
