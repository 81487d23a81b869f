#nullable enable

using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Live
{
    public class FetchTests
    {
        private readonly LiveHarness hetu2 = new LiveHarness(isHetu2: true);

        [Fact]
        public async Task A_page_has_its_rows_the_count_of_the_range_and_where_the_next_one_begins()
        {
            var asked = hetu2.ByNumber.Limit(2).Count().FetchAsync();
            Assert.Equal(new[] { "[5 0 1 -Infinity Infinity 2 False nil True]" }, hetu2.Link.TakeSent());
            hetu2.Page(writer =>
            {
                LiveHarness.List(hetu2.Row(new Account(1, 1)), hetu2.Row(new Account(2, 2)))(writer);
                writer.WriteInt64(7);
                LiveHarness.List(Delta.Number(2), Delta.Number(1_000_000))(writer);
            });
            var page = await asked;
            Assert.Equal(new[] { 1, 2 }, page.Rows.Select(row => row.Number));
            Assert.Equal(7, page.Count);
            var next = hetu2.ByNumber.Limit(2).After(page.Next).FetchAsync();
            Assert.Equal(new[] { "[5 0 1 -Infinity Infinity 2 False [2 1000000] False]" }, hetu2.Link.TakeSent());
            hetu2.Page(Last);
            Assert.Empty((await next).Rows);
            Assert.Null((await next).Next);
            Assert.Null((await next).Count);
        }

        [Fact]
        public async Task A_page_is_asked_for_again_on_the_next_link_when_the_first_drops()
        {
            var asked = hetu2.ByNumber.FetchAsync();
            hetu2.Drop();
            hetu2.Link.TakeSent();
            hetu2.Reconnect();
            hetu2.Tick();
            Assert.Single(hetu2.Link.TakeSent());
            hetu2.Page(Last);
            Assert.Empty((await asked).Rows);
            hetu2.Drop();
            hetu2.Reconnect();
            hetu2.Tick();
            Assert.Empty(hetu2.Link.TakeSent());
        }

        [Fact]
        public async Task A_page_that_is_refused_says_why()
        {
            var asked = hetu2.ByNumber.FetchAsync();
            hetu2.Refused("SCAN_LIMIT", "too many rows");
            Assert.Equal("SCAN_LIMIT", (await Assert.ThrowsAsync<SubscriptionRefusedException>(() => asked)).Refusal);
        }

        [Fact]
        public async Task A_page_that_is_given_up_ignores_its_answer()
        {
            using var stop = new CancellationTokenSource();
            var asked = hetu2.ByNumber.FetchAsync(stop.Token);
            stop.Cancel();
            hetu2.Tick();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
            hetu2.Page(Last);
            Assert.Empty(hetu2.Reported);
        }

        [Theory]
        [InlineData(false)]
        [InlineData(true)]
        public async Task A_page_that_does_not_come_in_time_is_given_up(bool isHetu2)
        {
            var live = new LiveHarness(isHetu2);
            var asked = live.ByNumber.FetchAsync();
            live.Clock.Advance(29_999);
            live.Tick();
            Assert.False(asked.IsCompleted);
            live.Clock.Advance(1);
            live.Tick();
            var error = await Assert.ThrowsAsync<FetchTimeoutException>(() => asked);
            Assert.Equal(
                "the fetch of Account.number was not answered within 30000 ms: the connection is Connected", error.Message);
            Assert.Equal("FETCH_TIMEOUT", error.Code);
            live.Drop();
            live.Link.TakeSent();
            live.Reconnect();
            live.Tick();
            Assert.Empty(live.Link.TakeSent());
        }

        [Fact]
        public async Task A_page_that_has_come_leaves_no_timer_behind()
        {
            var asked = hetu2.ByNumber.FetchAsync();
            hetu2.Page(Last);
            await asked;
            hetu2.Tick();
            Assert.Empty(hetu2.Clock.Pending);
        }

        [Fact]
        public async Task A_page_fails_when_the_client_closes()
        {
            hetu2.Drop();
            var asked = hetu2.ByNumber.FetchAsync();
            hetu2.Close();
            await Assert.ThrowsAsync<ConnectionClosedException>(() => asked);
            await Assert.ThrowsAsync<ConnectionClosedException>(() => hetu2.ByNumber.FetchAsync());
        }

        [Fact]
        public async Task Over_hetu_1_a_page_is_a_live_query_that_ends_with_its_first_rows()
        {
            var live = new LiveHarness();
            var asked = live.ByNumber.Count().FetchAsync();
            Assert.Equal(
                new[] { "[sub Account range number -Infinity Infinity 1000 False True]" }, live.Link.TakeSent());
            live.Subscribed("A", new Account(1, 1));
            var page = await asked;
            live.Tick();
            Assert.Single(page.Rows);
            Assert.Null(page.Count);
            Assert.Equal(new[] { "[unsub A]" }, live.Link.TakeSent());
            var cursor = new PageCursor(new byte[] { 1 });
            await Assert.ThrowsAsync<SubscriptionRefusedException>(() => live.ByNumber.After(cursor).FetchAsync());
        }

        private static void Last(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(0);
            writer.WriteNil();
            writer.WriteNil();
        }
    }
}
