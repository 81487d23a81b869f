#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Live
{
    public class LiveSharingTests
    {
        private readonly LiveHarness live = new LiveHarness();

        [Fact]
        public async Task A_subscription_is_shared_by_queries_of_equal_parameters_and_ends_with_the_last()
        {
            var first = live.Accounts.Range(Account.Index.Number, 1, 9).Subscribe();
            var second = live.Accounts.Range(Account.Index.Number, 1, 9).Subscribe();
            Assert.Single(live.Link.TakeSent());
            live.Subscribed("A1", new Account(1, 1));
            await Task.WhenAll(first.Ready, second.Ready);
            var third = live.Accounts.Range(Account.Index.Number, 1, 9).Subscribe();
            var told = Told.By(third);
            live.Tick();
            await third.Ready;
            Assert.Equal(new[] { "+1=0" }, told);
            Assert.Same(first.Rows, third.Rows);
            first.Dispose();
            third.Dispose();
            Assert.Empty(live.Link.TakeSent());
            second.Dispose();
            Assert.Equal(new[] { "[unsub A1]" }, live.Link.TakeSent());
        }

        [Fact]
        public void A_query_that_is_disposed_in_the_middle_of_a_batch_tells_nothing_any_more()
        {
            var range = live.ByNumber.Subscribe();
            var told = new List<int>();
            range.OnInsert += row =>
            {
                told.Add(row.Number);
                range.Dispose();
            };
            range.OnInsert += row => told.Add(-row.Number);
            range.OnChange += changes => told.Add(100 + changes.Count);
            live.Subscribed("A1", new Account(1, 1), new Account(2, 2));
            Assert.Equal(new[] { 1 }, told);
            Assert.Equal("[unsub A1]", live.Link.TakeSent().Last());
            Assert.True(range.IsDisposed);
            Assert.True(range.IsStale);
        }

        [Fact]
        public async Task A_query_that_is_disposed_before_its_answer_is_ended_once_the_answer_has_come()
        {
            var range = live.ByNumber.Subscribe();
            range.Dispose();
            await Assert.ThrowsAsync<ConnectionClosedException>(() => range.Ready);
            Assert.Single(live.Link.TakeSent());
            live.Subscribed("A1", new Account(1, 1));
            Assert.Equal(new[] { "[unsub A1]" }, live.Link.TakeSent());
        }

        [Fact]
        public async Task A_query_takes_over_the_subscription_of_one_that_was_disposed_before_its_answer()
        {
            live.ByNumber.Subscribe().Dispose();
            var range = live.ByNumber.Subscribe();
            Assert.Single(live.Link.TakeSent());
            live.Subscribed("A1", new Account(1, 1));
            await range.Ready;
            Assert.Empty(live.Link.TakeSent());
            Assert.Single(range.Rows);
        }

        [Fact]
        public void A_query_that_is_disposed_before_it_was_sent_is_never_sent()
        {
            live.Link.IsFull = true;
            live.ByNumber.Subscribe().Dispose();
            live.Drop();
            live.Reconnect();
            Assert.Empty(live.Link.TakeSent());
        }

        [Fact]
        public void A_query_does_not_end_the_subscription_of_another_that_the_server_takes_for_the_same()
        {
            var everything = live.ByNumber.Subscribe();
            live.Subscribed("A", new Account(1, 1));
            var same = live.Accounts.Range(Account.Index.Number, int.MinValue, int.MaxValue).Subscribe();
            live.Link.TakeSent();
            everything.Dispose();
            Assert.Empty(live.Link.TakeSent());
            live.Subscribed("A", new Account(1, 1));
            Assert.Empty(live.Link.TakeSent());
            same.Dispose();
            Assert.Equal(new[] { "[unsub A]" }, live.Link.TakeSent());
        }

        [Fact]
        public void Queries_that_the_server_takes_for_the_same_get_each_update()
        {
            var one = live.ByNumber.Subscribe();
            var other = live.Accounts.Range(Account.Index.Number, int.MinValue, int.MaxValue).Subscribe();
            live.Subscribed("A");
            live.Subscribed("A");
            live.Updated("A", (1, new Account(1, 1)));
            Assert.Single(one.Rows);
            Assert.Single(other.Rows);
        }

        [Fact]
        public void Updates_of_a_subscription_that_was_ended_are_ignored()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A1");
            range.Dispose();
            var again = live.ByNumber.Subscribe();
            live.Updated("A1", (1, new Account(1, 1)));
            live.Subscribed("A1", new Account(2, 2));
            Assert.Equal(new[] { 2 }, again.Rows.Select(row => row.Number));
        }

        [Fact]
        public async Task A_query_fails_with_the_servers_reason_when_the_caller_may_not()
        {
            var range = live.ByNumber.Subscribe();
            live.Refused("FORBIDDEN", "log in first");
            var refused = await Assert.ThrowsAsync<SubscriptionRefusedException>(() => range.Ready);
            Assert.Equal(("Account", "number", "FORBIDDEN"), (refused.Component, refused.Index, refused.Refusal));
            Assert.Same(refused, range.Error);
            Assert.True(range.IsStale);
            Assert.Empty(live.Reported);
        }

        [Fact]
        public async Task A_query_fails_alone_when_the_servers_rows_are_of_another_schema()
        {
            var range = live.ByNumber.Subscribe();
            var told = Told.By(range);
            live.Subscribed("A1", LiveHarness.List(Incomplete));
            var mismatch = await Assert.ThrowsAsync<SchemaMismatchException>(() => range.Ready);
            Assert.Equal("Account.balance", mismatch.Path);
            Assert.Equal(new[] { "SchemaMismatchException" }, told);
            Assert.Equal("[unsub A1]", live.Link.TakeSent().Last());
        }

        [Fact]
        public void A_query_takes_its_rows_back_when_an_update_cannot_be_read_and_the_others_get_theirs()
        {
            var hetu2 = new LiveHarness(isHetu2: true);
            var broken = hetu2.ByNumber.Subscribe();
            var fine = hetu2.Accounts.Range(Account.Index.Balance).Subscribe();
            hetu2.Subscribed("1", new Account(1, 1));
            hetu2.Subscribed("2");
            var told = Told.By(broken);
            hetu2.Updated(
                (1, Delta.Of(updates: new[] { LiveHarness.List(Delta.Number(1), Delta.Number(1), Text) })),
                (2, Delta.Of(inserts: new[] { hetu2.Row(new Account(1, 1)) })));
            Assert.Equal(new[] { "-1", "SchemaMismatchException" }, told);
            Assert.Empty(broken.Rows);
            Assert.Single(fine.Rows);
            Assert.Equal("[4 1]", hetu2.Link.TakeSent().Last());
            hetu2.Updated((1, Delta.Of(inserts: new[] { hetu2.Row(new Account(1, 1)) })));
            Assert.Empty(broken.Rows);
        }

        [Fact]
        public void What_a_handler_throws_is_reported_and_the_others_run()
        {
            var range = live.ByNumber.Subscribe();
            var failure = new InvalidOperationException("in a handler");
            range.OnInsert += _ => throw failure;
            range.OnChange += _ => throw failure;
            var told = Told.By(range);
            live.Subscribed("A1", new Account(1, 1));
            Assert.Equal(new[] { "+1=0" }, told);
            Assert.Equal(new Exception[] { failure, failure }, live.Reported);
        }

        [Fact]
        public void A_handler_that_was_removed_does_not_run()
        {
            var range = live.ByNumber.Subscribe();
            var count = 0;
            void Handler(Account row) => count++;
            range.OnInsert += Handler;
            range.OnInsert += Handler;
            range.OnInsert -= Handler;
            live.Subscribed("A1", new Account(1, 1));
            Assert.Equal(1, count);
        }

        [Fact]
        public async Task Waiting_for_the_first_rows_is_given_up_with_its_token_and_the_query_ends()
        {
            using var stop = new System.Threading.CancellationTokenSource();
            var waiting = live.ByNumber.SubscribeAsync(stop.Token);
            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            live.Subscribed("A1");
            Assert.Equal("[unsub A1]", live.Link.TakeSent().Last());
        }

        private static void Incomplete(MessagePackWriter writer)
        {
            writer.WriteMapHeader(2);
            writer.WriteString("id");
            writer.WriteInt64(1);
            writer.WriteString("number");
            writer.WriteInt64(1);
        }

        private static void Text(MessagePackWriter writer) => writer.WriteString("one");
    }
}
