#nullable enable

using Xunit;

namespace HeTu.Tests.Live
{
    /// <summary>A handler that closes the client in the middle of what is being told.</summary>
    public class LiveClosingTests
    {
        private readonly LiveHarness live = new LiveHarness(isHetu2: true);

        [Fact]
        public void After_a_handler_has_closed_the_client_nothing_of_the_transaction_is_told_but_errors()
        {
            var first = live.ByNumber.Subscribe();
            live.Subscribed("1");
            var second = live.ByNumber.Limit(7).Subscribe();
            live.Subscribed("2");
            first.OnInsert += _ => live.Subscriptions.Closed(null);
            var told = Told.By(first);
            var toldBySecond = Told.By(second);
            var inserts = Delta.Of(inserts: new[] { live.Row(new Account(1, 1)), live.Row(new Account(2, 2)) });
            live.Updated((1, inserts), (2, inserts));
            Assert.Equal(new[] { "stale", nameof(ConnectionClosedException), "+1=0" }, told);
            Assert.Equal(new[] { "stale", nameof(ConnectionClosedException) }, toldBySecond);
            Assert.Equal(2, second.Rows.Count);
            Assert.Empty(live.Reported);
        }

        [Fact]
        public void After_a_handler_has_closed_the_client_while_rows_come_back_nothing_is_current_again()
        {
            var resynced = 0;
            live.Subscriptions.Resyncs.Add(() => resynced++);
            var first = live.ByNumber.Subscribe();
            live.Subscribed("1");
            var second = live.ByNumber.Limit(7).Subscribe();
            live.Subscribed("2");
            live.Drop();
            live.Reconnect();
            first.OnInsert += _ => live.Subscriptions.Closed(null);
            var toldBySecond = Told.By(second);
            live.Subscribed("1", new Account(1, 1));
            live.Subscribed("2", new Account(1, 1));
            Assert.Equal(new[] { "stale", nameof(ConnectionClosedException) }, toldBySecond);
            Assert.IsType<ConnectionClosedException>(second.Error);
            Assert.True(live.Subscriptions.IsStale);
            Assert.Equal(0, resynced);
        }
    }
}
