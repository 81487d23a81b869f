#nullable enable

using System;
using System.Linq;
using Xunit;

namespace HeTu.Tests.Session
{
    /// <summary>What a client offers and when it goes without, on transports that fail where nothing is selected.</summary>
    public class NegotiationTests
    {
        [Fact]
        public void A_failure_with_hetu2_and_one_without_are_one_attempt_and_the_next_one_offers_it_again()
        {
            using var scenario = Strict();
            for (var attempt = 1; attempt <= 2; attempt++)
            {
                var offering = scenario.Server.Next();
                Assert.Equal("hetu.2", offering.Offered);
                scenario.Drop(offering);
                var plain = scenario.Server.Next();
                Assert.Null(plain.Offered);
                scenario.Drop(plain);
                Assert.Equal(ConnectionStatus.Waiting, scenario.Client.Connection.Status);
                Assert.Equal(attempt, scenario.Client.Connection.Attempt);
                scenario.Advance(3_000);
            }
        }

        [Fact]
        public void A_server_that_has_spoken_hetu2_is_taken_for_one_that_is_down_until_it_has_failed_three_times_in_a_row()
        {
            using var scenario = Strict();
            scenario.Drop(scenario.Welcome());
            for (var attempt = 1; attempt <= 3; attempt++)
            {
                scenario.Advance(3_000);
                var offering = scenario.Server.Next();
                Assert.Equal("hetu.2", offering.Offered);
                scenario.Drop(offering);
                Assert.Equal(
                    attempt < 3 ? ConnectionStatus.Waiting : ConnectionStatus.Connecting,
                    scenario.Client.Connection.Status);
            }

            Assert.Null(scenario.Accept().Offered);
            Assert.Equal("hetu.1", scenario.Client.Connection.Protocol);
        }

        [Fact]
        public void A_server_that_comes_back_after_two_failures_speaks_hetu2_and_may_fail_as_often_again()
        {
            using var scenario = Strict();
            scenario.Drop(scenario.Welcome());
            for (var times = 0; times < 2; times++)
            {
                for (var attempt = 1; attempt <= 2; attempt++)
                {
                    scenario.Advance(3_000);
                    scenario.Drop(scenario.Server.Next());
                }

                scenario.Advance(3_000);
                var connection = scenario.Welcome();
                Assert.Equal("hetu.2", connection.Offered);
                scenario.Drop(connection);
            }
        }

        [Fact]
        public void It_counts_as_spoken_from_the_upgrade_on_even_if_the_link_is_lost_before_the_welcome()
        {
            using var scenario = Strict();
            scenario.Drop(scenario.Greet());
            scenario.Advance(3_000);
            scenario.Drop(scenario.Server.Next());
            Assert.Equal(ConnectionStatus.Waiting, scenario.Client.Connection.Status);

            using var old = Strict();
            old.Drop(old.Server.Next());
            var plain = old.Server.Next();
            plain.Opened(null);
            old.Tick();
            old.Drop(plain);
            old.Advance(3_000);
            Assert.Null(old.Server.Next().Offered);
        }

        [Fact]
        public void What_one_client_has_seen_holds_for_the_next_one_of_the_same_server()
        {
            var url = $"ws://test/{Guid.NewGuid()}";
            using (var first = Strict(url: url)) first.Welcome();
            using (var second = Strict(url: url))
            {
                second.Drop(second.Server.Next());
                Assert.Equal(ConnectionStatus.Waiting, second.Client.Connection.Status);
            }

            using var third = Strict(url: url);
            third.Drop(third.Server.Next());
            third.Advance(3_000);
            third.Drop(third.Server.Next());
            Assert.Null(third.Accept().Offered);
            using var fourth = Strict(url: url);
            Assert.Null(fourth.Accept().Offered);
        }

        [Fact]
        public void A_server_that_does_not_answer_in_time_is_not_dialled_without_and_has_not_failed()
        {
            using var scenario = Strict();
            var silent = scenario.Server.Next();
            scenario.Advance(scenario.Options.ConnectTimeout.TotalMilliseconds);
            Assert.True(silent.IsClosed);
            silent.Drop();
            scenario.Tick();
            Assert.Equal(ConnectionStatus.Waiting, scenario.Client.Connection.Status);
            Assert.Equal(1, scenario.Server.Count);
        }

        [Fact]
        public void It_does_not_dial_without_once_the_connection_was_open_nor_once_the_client_was_closed()
        {
            using var scenario = Strict();
            scenario.Drop(scenario.Welcome());
            Assert.Equal(ConnectionStatus.Waiting, scenario.Client.Connection.Status);
            using var closed = Strict();
            var connection = closed.Server.Next();
            closed.Client.Close();
            closed.Tick();
            closed.Drop(connection);
            Assert.Equal(new[] { 1, 1 }, new[] { scenario.Server.Count, closed.Server.Count });
        }

        [Fact]
        public void A_client_of_hetu1_alone_offers_nothing_and_one_of_hetu2_alone_never_goes_without()
        {
            using var old = Strict(HetuProtocols.Hetu1);
            Assert.Null(old.Server.Next().Offered);
            using var pinned = Strict(HetuProtocols.Hetu2);
            for (var attempt = 0; attempt < 4; attempt++)
            {
                var connection = pinned.Server.Next();
                Assert.Equal("hetu.2", connection.Offered);
                pinned.Drop(connection);
                Assert.Equal(ConnectionStatus.Waiting, pinned.Client.Connection.Status);
                pinned.Advance(3_000);
            }
        }

        [Fact]
        public void A_transport_that_opens_without_selection_never_dials_without_and_offers_each_time()
        {
            using var scenario = Strict(opensWithoutSelection: true);
            for (var attempt = 0; attempt < 4; attempt++)
            {
                var down = scenario.Server.Next();
                Assert.Equal("hetu.2", down.Offered);
                scenario.Drop(down);
                Assert.Equal(ConnectionStatus.Waiting, scenario.Client.Connection.Status);
                scenario.Advance(3_000);
                var plain = scenario.Accept();
                Assert.Equal("hetu.2", plain.Offered);
                Assert.Equal("hetu.1", scenario.Client.Connection.Protocol);
                scenario.Drop(plain);
                scenario.Advance(3_000);
            }

            scenario.Welcome();
            Assert.Equal("hetu.2", scenario.Client.Connection.Protocol);
            Assert.DoesNotContain(scenario.States, state => state.Status == ConnectionStatus.Closed);
            Assert.Equal(8, scenario.States.Count(state => state.Status == ConnectionStatus.Waiting));
        }

        private static Scenario Strict(
            HetuProtocols protocols = HetuProtocols.Automatic,
            bool opensWithoutSelection = false,
            string? url = null) => new Scenario(
            options =>
            {
                options.Protocols = protocols;
                ((ScriptedTransport)options.Transport!).OpensWithoutSelection = opensWithoutSelection;
            },
            url: url);
    }
}
