#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Live
{
    public class LiveStreamTests
    {
        private readonly LiveHarness live = new LiveHarness();

        [Fact]
        public async Task A_loop_gets_the_rows_as_inserts_and_then_each_change_and_ends_with_dispose()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A", new Account(1, 1));
            var seen = new List<string>();
            var loop = LoopAsync(range, seen);
            live.Updated("A", (2, new Account(2, 2)));
            live.Updated("A", (1, null));
            Assert.False(loop.IsCompleted);
            range.Dispose();
            live.Tick();
            await loop;
            Assert.Equal(new[] { "Insert 1", "Insert 2", "Delete 1" }, seen);
        }

        [Fact]
        public async Task A_loop_that_is_slower_than_the_changes_gets_them_merged_by_row()
        {
            var range = live.ByNumber.Subscribe();
            var reader = range.GetAsyncEnumerator();
            live.Subscribed("A", new Account(1, 1), new Account(2, 2));
            live.Updated("A", (1, new Account(1, 5)), (2, null), (3, new Account(3, 3)));
            live.Updated("A", (3, new Account(3, 4)));
            var seen = new List<string>();
            for (var left = 2; left > 0; left--)
            {
                Assert.True(await reader.MoveNextAsync());
                seen.Add($"{reader.Current.Kind} {reader.Current.Latest.Number}");
            }

            Assert.Equal(new[] { "Insert 5", "Insert 4" }, seen);
            var next = reader.MoveNextAsync();
            Assert.False(next.IsCompleted);
            await reader.DisposeAsync();
            live.Tick();
            Assert.False(await next);
        }

        [Fact]
        public async Task A_loop_throws_when_the_query_is_refused()
        {
            var range = live.ByNumber.Subscribe();
            var loop = LoopAsync(range, new List<string>());
            live.Refused();
            await Assert.ThrowsAsync<SubscriptionRefusedException>(() => loop);
        }

        [Fact]
        public async Task A_loop_ends_when_the_client_closes()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A", new Account(1, 1));
            var seen = new List<string>();
            var loop = LoopAsync(range, seen);
            live.Close();
            await loop;
            Assert.Equal(new[] { "Insert 1" }, seen);
        }

        [Fact]
        public async Task A_loop_is_cancelled_by_its_token()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A");
            using var stop = new CancellationTokenSource();
            var loop = LoopAsync(range, new List<string>(), stop.Token);
            stop.Cancel();
            live.Tick();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
            Assert.False(range.IsDisposed);
        }

        [Fact]
        public void Operators_of_System_Reactive_work_on_a_query()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A", new Account(1, 1), new Account(2, 2));
            var rich = new List<string>();
            var isOver = false;
            var observed = range.AsObservable()
                .Where(change => change.Latest.Number > 1)
                .Select(change => $"{change.Kind} {change.Latest.Number}")
                .Subscribe(rich.Add, () => isOver = true);
            live.Updated("A", (2, null), (3, new Account(3, 3)), (4, new Account(4, 0)));
            Assert.Equal(new[] { "Insert 2", "Delete 2", "Insert 3" }, rich);
            range.Dispose();
            Assert.True(isOver);
            observed.Dispose();
        }

        [Fact]
        public void An_observer_that_is_disposed_hears_nothing_more_and_leaves_the_query_as_it_is()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A");
            var seen = 0;
            range.Subscribe(_ => seen++).Dispose();
            live.Updated("A", (1, new Account(1, 1)));
            Assert.Equal(0, seen);
            Assert.Single(range.Rows);
        }

        [Fact]
        public void An_observer_hears_why_a_query_failed()
        {
            var range = live.ByNumber.Subscribe();
            Exception? heard = null;
            using var observed = range.Subscribe(_ => { }, error => heard = error);
            live.Refused();
            Assert.IsType<SubscriptionRefusedException>(heard);
        }

        [Fact]
        public void An_observer_that_begins_in_a_handler_is_told_each_row_once()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A", new Account(1, 1));
            var heard = new List<string>();
            IDisposable? observed = null;
            range.OnDelete += _ =>
                observed = range.Subscribe(change => heard.Add($"{change.Kind} {change.Latest.Number}"));
            live.Updated("A", (1, null), (2, new Account(2, 2)));
            Assert.Equal(new[] { "Insert 2" }, heard);
            observed!.Dispose();
        }

        private static async Task LoopAsync(
            LiveQuery<Account> query,
            List<string> seen,
            CancellationToken cancellationToken = default)
        {
            await foreach (var change in query.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                seen.Add($"{change.Kind} {change.Latest.Number}");
            }
        }
    }
}
