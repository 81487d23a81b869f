#nullable enable

using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Session
{
    public class BootstrapTests
    {
        [Fact]
        public async Task It_runs_after_each_connect_before_anything_else_is_sent()
        {
            var connections = new List<int>();
            using var scenario = new Scenario(bootstrap: async (systems, connection) =>
            {
                connections.Add(connection);
                await systems.LoginAsync(7).ConfigureAwait(false);
            });
            var call = scenario.Client.Systems.EchoAsync("a");
            var first = scenario.Accept();
            first.Expect("rpc", "login", 7);
            Assert.Equal(0, first.Unread);
            scenario.Say(first, "rsp", 7);
            first.Expect("rpc", "echo", "a");
            scenario.Say(first, "rsp", "a");
            await call;
            scenario.Drop(first);
            scenario.Advance(500);

            var second = scenario.Accept();
            second.Expect("rpc", "login", 7);
            scenario.Say(second, "rsp", 7);
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
            Assert.Equal(new[] { 0, 1 }, connections);
        }

        [Fact]
        public async Task A_rejection_for_good_closes_the_client_with_it()
        {
            using var scenario = new Scenario(bootstrap: (systems, _) => systems.LoginAsync(7));
            var call = scenario.Client.Systems.EchoAsync("a");
            var connection = scenario.Accept();
            scenario.Say(connection, "rej", "login", "FORBIDDEN");
            var error = Assert.IsType<CallRejectedException>(scenario.Client.Connection.Error);
            var closed = await Assert.ThrowsAsync<ConnectionClosedException>(() => call);
            Assert.Same(error, closed.InnerException);
            Assert.True(connection.IsClosed);
        }

        [Theory]
        [InlineData(true)]
        [InlineData(false)]
        public void An_error_of_the_application_closes_the_client_with_it(bool atOnce)
        {
            var failure = new InvalidOperationException("no token");
            using var scenario = new Scenario(
                bootstrap: (_, _) => atOnce ? throw failure : Task.FromException(failure));
            scenario.Accept();
            Assert.Same(failure, scenario.Client.Connection.Error);
            Assert.Equal(ConnectionStatus.Closed, scenario.Client.Connection.Status);
        }

        [Theory]
        [InlineData("rej", "RATE_LIMITED")]
        [InlineData("rej", "TIMEOUT")]
        [InlineData("rej", "RETRIES_EXHAUSTED")]
        [InlineData("rej", "SHUTTING_DOWN")]
        [InlineData("err", "INTERNAL")]
        public void What_may_pass_is_tried_again_on_a_new_connection(string kind, string code)
        {
            using var scenario = new Scenario(bootstrap: (systems, _) => systems.LoginAsync(7));
            var first = scenario.Accept();
            scenario.Say(first, kind, "login", code);
            Assert.Equal(ConnectionStatus.Waiting, scenario.Client.Connection.Status);
            scenario.Advance(500);
            var second = scenario.Accept();
            scenario.Say(second, "rsp", 7);
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
        }

        [Fact]
        public void One_that_is_cut_off_is_run_again()
        {
            var failures = new List<Exception>();
            using var scenario = new Scenario(bootstrap: async (systems, _) =>
            {
                try
                {
                    await systems.LoginAsync(7).ConfigureAwait(false);
                }
                catch (HetuException failure)
                {
                    failures.Add(failure);
                    throw;
                }
            });
            scenario.Drop(scenario.Accept());
            scenario.Advance(500);
            var second = scenario.Accept();
            second.Expect("rpc", "login", 7);
            scenario.Say(second, "rsp", 7);
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
            Assert.IsType<OutcomeUnknownException>(Assert.Single(failures));
        }

        [Fact]
        public async Task One_that_waits_for_the_systems_of_the_client_is_told_what_to_do_instead()
        {
            Scenario? scenario = null;
            Task<long>? call = null;
            using var created = new Scenario(
                options => options.CallTimeout = TimeSpan.FromMilliseconds(400),
                bootstrap: (_, _) => call = scenario!.Client.Systems.LoginAsync(7));
            scenario = created;
            scenario.Accept();
            scenario.Advance(400);
            var error = await Assert.ThrowsAsync<CallTimeoutException>(() => call!);
            Assert.Contains("use the systems that it is given", error.Message, StringComparison.Ordinal);
        }

        [Fact]
        public async Task Calls_of_one_whose_connection_is_gone_are_not_sent()
        {
            TinySystems? kept = null;
            using var scenario = new Scenario(bootstrap: (systems, _) =>
            {
                kept = systems;
                return Task.CompletedTask;
            });
            scenario.Drop(scenario.Accept());
            var call = kept!.LoginAsync(7);
            scenario.Tick();
            await Assert.ThrowsAsync<ConnectionLostException>(() => call);
        }
    }
}
