#nullable enable

using System;
using System.Buffers.Binary;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Session
{
    public class Hetu1OnceTests
    {
        [Fact]
        public void They_carry_the_servers_time_and_sixteen_random_bytes()
        {
            using var scenario = Once();
            var connection = Accept(scenario);
            _ = scenario.Client.Systems.BuyAsync(1);
            _ = scenario.Client.Systems.BuyAsync(1);
            var first = (byte[])connection.Expect("once")[0]!;
            var second = (byte[])connection.Expect("once")[0]!;
            Assert.Equal(1_700_000_000_000, BinaryPrimitives.ReadInt64BigEndian(first));
            Assert.NotEqual(first.Skip(8), second.Skip(8));
        }

        [Fact]
        public void A_server_without_a_clock_is_called_all_the_same()
        {
            using var scenario = Once();
            var connection = scenario.Accept();
            connection.Expect("clock");
            scenario.Say(connection, "rej", "clock", "UNKNOWN_SYSTEM");
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
        }

        [Fact]
        public async Task They_are_sent_again_in_their_order_before_calls_that_were_made_later()
        {
            using var scenario = Once();
            var first = Accept(scenario);
            var calls = new[] { scenario.Client.Systems.BuyAsync(1), scenario.Client.Systems.BuyAsync(2) };
            var ids = new[] { first.Expect("once")[0], first.Expect("once")[0] };
            scenario.Drop(first);
            var later = scenario.Client.Systems.EchoAsync("later");
            scenario.Advance(500);
            var second = Accept(scenario);
            Assert.Equal(ids, new[] { second.Expect("once")[0], second.Expect("once")[0] });
            second.Expect("rpc", "echo", "later");
            second.Send("rsp", 1);
            second.Send("rsp", 2);
            scenario.Say(second, "rsp", "later");
            Assert.Equal(new long[] { 1, 2 }, await Task.WhenAll(calls));
            await later;
        }

        [Fact]
        public async Task They_have_an_unknown_outcome_when_the_client_closes_before_their_answer()
        {
            using var scenario = Once();
            var connection = Accept(scenario);
            var bought = scenario.Client.Systems.BuyAsync(1);
            connection.Expect("once");
            scenario.Drop(connection);
            scenario.Client.Close();
            scenario.Tick();
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => bought);
        }

        [Fact]
        public async Task One_that_waits_to_be_sent_again_is_given_up_when_it_is_cancelled()
        {
            using var scenario = Once();
            var connection = Accept(scenario);
            using var cancellation = new CancellationTokenSource();
            var bought = scenario.Client.Systems.BuyAsync(1, cancellation.Token);
            connection.Expect("once");
            scenario.Drop(connection);
            cancellation.Cancel();
            scenario.Tick();
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => bought);
            scenario.Advance(500);
            Assert.Equal(0, Accept(scenario).Unread);
        }

        private static Scenario Once() => new Scenario(schema: TinySchema.WithOnce);

        private static ScriptedConnection Accept(Scenario scenario)
        {
            var connection = scenario.Accept();
            connection.Expect("clock");
            scenario.Say(connection, "clock", 1_700_000_000_000);
            return connection;
        }
    }
}
