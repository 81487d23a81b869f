#nullable enable

using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Session
{
    public class Hetu1ConnectionTests
    {
        [Fact]
        public void The_bound_of_the_wait_doubles_up_to_the_maximum()
        {
            var options = new HetuOptions
            {
                Reconnect = new ReconnectOptions
                {
                    BaseDelay = TimeSpan.FromMilliseconds(100),
                    MaxDelay = TimeSpan.FromMilliseconds(1_000),
                },
                Random = () => 0.999_999,
            };
            var settings = new Settings(options, new ScriptedTransport());
            var waits = new[] { 0, 1, 2, 3, 4, 50 }.Select(attempt => Backoff.Delay(attempt, settings).TotalMilliseconds);
            Assert.Equal(new double[] { 99, 199, 399, 799, 999, 999 }, waits);
        }

        [Fact]
        public async Task The_connection_goes_through_its_states()
        {
            using var scenario = new Scenario();
            Assert.Equal(ConnectionStatus.Connecting, scenario.Client.Connection.Status);
            scenario.Accept();
            var connected = scenario.Client.ConnectedAsync();
            scenario.Tick();
            await connected;
            scenario.Client.Close();
            scenario.Tick();
            Assert.Equal(
                new[] { ConnectionStatus.Bootstrapping, ConnectionStatus.Connected, ConnectionStatus.Closed },
                scenario.States.Select(state => state.Status));
            Assert.Same(scenario.States.Last(), scenario.Client.Connection);
            Assert.Equal("hetu.1", scenario.States[1].Protocol);
        }

        [Fact]
        public void It_waits_longer_after_each_attempt_that_fails_and_starts_anew_after_one_that_held()
        {
            using var scenario = new Scenario();
            for (var attempt = 0; attempt < 4; attempt++)
            {
                scenario.Drop(scenario.Server.Next());
                scenario.Advance(1_500);
            }

            var waits = scenario.States.Where(state => state.Status == ConnectionStatus.Waiting)
                .Select(state => state.RetryIn.TotalMilliseconds);
            Assert.Equal(new double[] { 500, 1_000, 1_500, 1_500 }, waits);

            var connection = scenario.Accept();
            scenario.Advance(10_000);
            scenario.Drop(connection);
            Assert.Equal(1, scenario.Client.Connection.Attempt);
            Assert.Equal(500, scenario.Client.Connection.RetryIn.TotalMilliseconds);
        }

        [Fact]
        public void It_goes_on_waiting_longer_when_connections_work_but_do_not_last()
        {
            using var scenario = new Scenario();
            scenario.Drop(scenario.Accept());
            scenario.Advance(500);
            scenario.Drop(scenario.Accept());
            Assert.Equal(1_000, scenario.Client.Connection.RetryIn.TotalMilliseconds);
        }

        [Fact]
        public async Task It_closes_for_good_after_as_many_failed_attempts_as_allowed()
        {
            using var scenario = new Scenario(options => options.Reconnect.MaxAttempts = 2);
            var call = scenario.Client.Systems.EchoAsync("a");
            for (var attempt = 0; attempt < 3; attempt++)
            {
                scenario.Drop(scenario.Server.Next());
                scenario.Advance(3_000);
            }

            var error = Assert.IsType<ConnectionLostException>(scenario.Client.Connection.Error);
            Assert.Equal(ConnectionStatus.Closed, scenario.Client.Connection.Status);
            var closed = await Assert.ThrowsAsync<ConnectionClosedException>(() => call);
            Assert.Same(error, closed.InnerException);
            var waiting = scenario.Client.ConnectedAsync();
            scenario.Tick();
            await Assert.ThrowsAsync<ConnectionClosedException>(() => waiting);
        }

        [Theory]
        [InlineData(4001)]
        [InlineData(4003)]
        [InlineData(4004)]
        [InlineData(4005)]
        public void It_does_not_come_back_when_the_server_closes_for_good(int code)
        {
            using var scenario = new Scenario();
            scenario.Drop(scenario.Accept(), code);
            Assert.Equal(ConnectionStatus.Closed, scenario.Client.Connection.Status);
            var error = Assert.IsType<ConnectionLostException>(scenario.Client.Connection.Error);
            Assert.Equal(code, error.CloseCode);
            Assert.StartsWith($"the connection was closed with code {code} (cut)", error.Message, StringComparison.Ordinal);
        }

        [Fact]
        public void It_does_not_come_back_when_told_not_to_reconnect()
        {
            using var scenario = new Scenario(options => options.Reconnect = ReconnectOptions.Never);
            scenario.Drop(scenario.Accept());
            Assert.Equal(ConnectionStatus.Closed, scenario.Client.Connection.Status);
        }

        [Fact]
        public void It_gives_an_attempt_up_that_takes_too_long()
        {
            using var scenario = new Scenario(options => options.ConnectTimeout = TimeSpan.FromSeconds(5));
            var connection = scenario.Server.Next();
            scenario.Advance(5_000);
            Assert.Equal(ConnectionStatus.Waiting, scenario.Client.Connection.Status);
            Assert.Equal("no connection within 5000 ms", scenario.Client.Connection.Error!.Message);
            Assert.True(connection.IsClosed);
        }

        [Fact]
        public void A_server_that_wants_more_layers_is_refused()
        {
            using var scenario = new Scenario();
            var connection = scenario.Server.Next();
            connection.Opened(null);
            scenario.Tick();
            connection.SendBytes(0x91, 0xc4, 0x00);
            scenario.Tick();
            Assert.Contains("1 layer beside jsonb", scenario.Client.Connection.Error!.Message, StringComparison.Ordinal);
        }

        [Theory]
        [InlineData("bytes that are not MessagePack", new byte[] { 0xc1 })]
        [InlineData("an array that announces more than it has", new byte[] { 0xdd, 0xff, 0xff, 0xff, 0xff })]
        [InlineData("a value that is no frame", new byte[] { 0x01 })]
        [InlineData("two frames", new byte[] { 0x91, 0x01, 0x91, 0x01 })]
        [InlineData("an answer that nobody asked for", new byte[] { 0x92, 0xa3, 0x72, 0x73, 0x70, 0xc0 })]
        public void A_link_over_which_garbage_comes_is_dropped_and_a_new_one_made(string what, byte[] garbage)
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            connection.SendBytes(garbage);
            scenario.Tick();
            Assert.True(connection.IsClosed, what);
            scenario.Advance(500);
            Assert.Equal(0, scenario.Accept().Unread);
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
        }

        [Fact]
        public async Task Frames_that_it_does_not_know_and_texts_are_taken_no_notice_of()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            connection.Send("news", 1, 2);
            connection.SendText();
            scenario.Tick();
            var call = scenario.Client.Systems.EchoAsync("a");
            scenario.Say(connection, "rsp", "a");
            Assert.Equal("a", await call);
        }

        [Fact]
        public void A_silent_server_is_asked_for_a_sign_of_life_and_dropped_when_none_comes()
        {
            using var scenario = new Scenario(Impatient);
            var connection = scenario.Accept();
            scenario.Advance(1_000);
            connection.Expect("motd");
            scenario.Advance(300);
            Assert.Equal("the server has been silent for 1300 ms", scenario.Client.Connection.Error!.Message);
            Assert.True(connection.IsClosed);
        }

        [Fact]
        public void The_link_stays_when_the_sign_of_life_comes()
        {
            using var scenario = new Scenario(Impatient);
            var connection = scenario.Accept();
            scenario.Advance(1_000);
            connection.Expect("motd");
            connection.SendText();
            scenario.Tick();
            scenario.Advance(999);
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
            Assert.Equal(0, connection.Unread);
            scenario.Advance(301);
            connection.Expect("motd");
        }

        [Fact]
        public void A_check_of_the_connection_asks_at_once_for_a_sign_of_life()
        {
            using var scenario = new Scenario(Impatient);
            var connection = scenario.Accept();
            scenario.Client.CheckConnection();
            connection.Expect("motd");
            scenario.Client.CheckConnection();
            Assert.Equal(0, connection.Unread);
            scenario.Advance(300);
            Assert.Equal("the server has been silent for 300 ms", scenario.Client.Connection.Error!.Message);
        }

        [Fact]
        public void A_check_of_the_connection_cuts_a_long_wait_short()
        {
            using var scenario = new Scenario();
            scenario.Drop(scenario.Server.Next());
            scenario.Advance(500);
            scenario.Drop(scenario.Server.Next());
            Assert.Equal(1_000, scenario.Client.Connection.RetryIn.TotalMilliseconds);
            scenario.Client.CheckConnection();
            Assert.Equal(500, scenario.Client.Connection.RetryIn.TotalMilliseconds);
            scenario.Client.CheckConnection();
            scenario.Advance(500);
            scenario.Accept();
            Assert.Equal(3, scenario.Server.Count);
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
        }

        [Fact]
        public void Options_that_make_no_sense_are_refused()
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>(
                () => new Scenario(options => options.CallTimeout = TimeSpan.Zero));
            Assert.Equal("CallTimeout", refused.ParamName);
        }

        [Fact]
        public void What_the_transport_throws_closes_the_client_at_once()
        {
            var failure = new InvalidOperationException("no way");
            using var scenario = new Scenario(options => ((ScriptedTransport)options.Transport!).Failure = failure);
            Assert.Same(failure, scenario.Client.Connection.Error);
            Assert.Equal(ConnectionStatus.Closed, scenario.Client.Connection.Status);
        }

        [Fact]
        public void What_the_transport_calls_impossible_closes_the_client()
        {
            var failure = new InvalidOperationException("no sockets here");
            using var scenario = new Scenario();
            scenario.Server.Next().Impossible(failure);
            scenario.Tick();
            Assert.Same(failure, scenario.Client.Connection.Error);
        }

        [Fact]
        public void A_handler_that_closes_the_client_is_obeyed_at_once()
        {
            using var scenario = new Scenario();
            scenario.Client.OnConnection += state =>
            {
                if (state.Status == ConnectionStatus.Waiting) scenario.Client.Close();
            };
            scenario.Drop(scenario.Accept());
            Assert.Equal(ConnectionStatus.Closed, scenario.Client.Connection.Status);
            scenario.Advance(100_000);
            Assert.Equal(1, scenario.Server.Count);
            Assert.Empty(scenario.Clock.Pending);
        }

        [Fact]
        public void A_handler_that_throws_disturbs_nothing_and_its_error_is_told()
        {
            using var scenario = new Scenario();
            scenario.Client.OnConnection += _ => throw new InvalidOperationException("mine");
            scenario.Accept();
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
            Assert.Contains("mine", scenario.Warnings[0], StringComparison.Ordinal);
        }

        private static void Impatient(HetuOptions options)
        {
            options.KeepAlive = TimeSpan.FromMilliseconds(1_000);
            options.KeepAliveTimeout = TimeSpan.FromMilliseconds(300);
        }
    }
}
