#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Live
{
    public class LiveReconnectTests
    {
        private readonly LiveHarness live = new LiveHarness();

        [Fact]
        public void After_a_reconnect_a_query_tells_the_one_difference_without_rows_that_did_not_change()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A1", new Account(1, 1), new Account(2, 2), new Account(3, 3));
            var told = Told.By(range);
            var same = range.Rows[1];
            live.Drop();
            Assert.True(range.IsStale);
            Assert.True(live.Subscriptions.IsStale);
            Assert.Equal(3, range.Rows.Count);
            live.Reconnect();
            live.Subscribed("other id", new Account(2, 2), new Account(3, 3, 9), new Account(4, 4));
            Assert.Equal(new[] { "stale", "-1", "3=0→3=9", "+4=0", "resynced" }, told);
            Assert.False(range.IsStale);
            Assert.False(live.Subscriptions.IsStale);
            Assert.Same(same, range.Rows[0]);
            live.Updated("other id", (4, null));
            Assert.Equal(new[] { 2, 3 }, range.Rows.Select(row => row.Number));
        }

        [Fact]
        public void Nothing_is_told_before_all_queries_are_up_to_date_updates_meanwhile_included()
        {
            var accounts = live.ByNumber.Subscribe();
            var rich = live.Accounts.Range(Account.Index.Balance).Subscribe();
            live.Subscribed("A", new Account(1, 1));
            live.Subscribed("B");
            var told = Told.By(accounts);
            accounts.OnInsert += _ => told.Add($"{rich.Rows.Count} rich");
            live.Drop();
            live.Reconnect();
            live.Subscribed("A", new Account(1, 1, 5), new Account(2, 2));
            live.Updated("A", (1, new Account(1, 1)), (3, new Account(3, 3)));
            live.Updated("A", (2, null));
            Assert.Equal(new[] { "stale" }, told);
            live.Subscribed("B", new Account(9, 9));
            Assert.Equal(new[] { "stale", "+3=0", "1 rich", "resynced" }, told);
        }

        [Fact]
        public void A_query_that_was_disposed_meanwhile_holds_nobody_up()
        {
            var kept = live.ByNumber.Subscribe();
            var dropped = live.Accounts.Range(Account.Index.Balance).Subscribe();
            live.Subscribed("A");
            live.Subscribed("B");
            var told = Told.By(kept);
            live.Drop();
            live.Reconnect();
            live.Subscribed("A");
            dropped.Dispose();
            live.Subscribed("B");
            Assert.Equal(new[] { "stale", "resynced" }, told);
            Assert.Equal("[unsub B]", live.Link.TakeSent().Last());
        }

        [Fact]
        public void The_client_is_resynced_at_once_when_it_has_no_queries()
        {
            var told = new List<string>();
            live.Subscriptions.Stales.Add(() => told.Add("stale"));
            live.Subscriptions.Resyncs.Add(() => told.Add("resynced"));
            live.Drop();
            live.Reconnect();
            Assert.Equal(new[] { "stale", "resynced" }, told);
        }

        [Fact]
        public void A_second_loss_before_the_first_was_made_good_is_one_stale_time()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A", new Account(1, 1));
            var told = Told.By(range);
            live.Drop();
            live.Reconnect();
            live.Drop();
            live.Reconnect();
            live.Subscribed("A", new Account(1, 1));
            Assert.Equal(new[] { "stale", "resynced" }, told);
        }

        [Fact]
        public void A_query_that_is_no_longer_allowed_loses_its_rows_and_begins_again_with_a_later_login()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A", new Account(1, 1));
            var told = Told.By(range);
            live.Drop();
            live.Reconnect();
            live.Refused();
            Assert.Equal(new[] { "stale", "-1", "SubscriptionRefusedException" }, told);
            live.Called();
            live.Subscribed("A", new Account(1, 1));
            Assert.Equal(new[] { "+1=0", "resynced" }, told.Skip(3));
            Assert.Null(range.Error);
        }

        [Fact]
        public void After_a_resume_a_query_gives_the_ids_that_it_shows_and_takes_what_it_has_missed()
        {
            var hetu2 = new LiveHarness(isHetu2: true);
            var range = hetu2.ByNumber.Subscribe();
            hetu2.Subscribed("1", new Account(1, 1), new Account(2, 2), new Account(3, 3));
            var told = Told.By(range);
            var same = range.Rows[2];
            hetu2.Link.TakeSent();
            hetu2.Drop();
            hetu2.Reconnect(resumed: true);
            Assert.Equal(new[] { "[3 0 1 -Infinity Infinity 1000 False [1 2 3]]" }, hetu2.Link.TakeSent());
            hetu2.CaughtUp("7", Delta.Of(
                updates: new[] { Delta.Update(0b10, 1, 4) },
                inserts: new[] { hetu2.Row(new Account(9, 9)) },
                deletes: new long[] { 2 }));
            Assert.Equal(new[] { "stale", "-2", "1=0→1=4", "+9=0", "resynced" }, told);
            Assert.Same(same, range.Rows[1]);
            hetu2.Updated((7, Delta.Of(deletes: new long[] { 9 })));
            Assert.Equal(new[] { 1, 3 }, range.Rows.Select(row => row.Number));
        }

        [Fact]
        public void A_query_whose_rows_were_not_current_when_the_link_dropped_asks_for_all_of_them_after_a_resume()
        {
            var hetu2 = new LiveHarness(isHetu2: true);
            var range = hetu2.ByNumber.Subscribe();
            hetu2.Subscribed("1", new Account(1, 1));
            hetu2.Drop();
            hetu2.Reconnect(resumed: true);
            hetu2.Drop();
            hetu2.Link.TakeSent();
            hetu2.Reconnect(resumed: true);
            Assert.Equal(new[] { "[3 0 1 -Infinity Infinity 1000 False]" }, hetu2.Link.TakeSent());
            hetu2.Subscribed("1", new Account(1, 1));
            Assert.False(range.IsStale);
        }

        [Fact]
        public void A_query_that_is_started_when_the_client_is_resynced_is_sent_on_the_new_link()
        {
            live.Subscriptions.Resyncs.Add(() => live.ByNumber.Subscribe());
            live.Drop();
            live.Reconnect();
            Assert.Single(live.Link.TakeSent());
        }

        [Fact]
        public void A_query_that_is_started_without_a_connection_is_sent_on_the_next_one()
        {
            live.Drop();
            var range = live.ByNumber.Subscribe();
            Assert.Empty(live.Link.TakeSent());
            live.Reconnect();
            live.Subscribed("A", new Account(1, 1));
            Assert.Single(range.Rows);
        }

        [Fact]
        public void A_refused_query_is_asked_for_again_after_calls_at_most_once_a_second_and_tells_of_its_refusal_once()
        {
            var range = live.ByNumber.Subscribe();
            var told = Told.By(range);
            live.Refused();
            live.Link.TakeSent();
            live.Called();
            Assert.Single(live.Link.TakeSent());
            live.Refused();
            live.Called();
            live.Called();
            Assert.Empty(live.Link.TakeSent());
            Assert.Equal(new[] { 1_000d }, live.Clock.Pending);
            live.Clock.Advance(1_000);
            live.Tick();
            Assert.Single(live.Link.TakeSent());
            live.Subscribed("A", new Account(1, 1));
            live.Called();
            Assert.Empty(live.Link.TakeSent());
            Assert.Equal(new[] { "SubscriptionRefusedException", "+1=0", "resynced" }, told);
        }

        [Fact]
        public void A_refused_query_is_not_asked_for_again_once_it_is_disposed()
        {
            var range = live.ByNumber.Subscribe();
            live.Refused();
            range.Dispose();
            live.Link.TakeSent();
            live.Called();
            Assert.Empty(live.Link.TakeSent());
        }

        [Fact]
        public async Task A_closed_client_keeps_the_rows_of_its_queries_and_fails_new_ones()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A", new Account(1, 1));
            var told = Told.By(range);
            live.Close();
            Assert.Equal(new[] { "stale", "ConnectionClosedException" }, told);
            Assert.Single(range.Rows);
            var late = live.ByNumber.Subscribe();
            live.Tick();
            await Assert.ThrowsAsync<ConnectionClosedException>(() => late.Ready);
        }
    }
}
