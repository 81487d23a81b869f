#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Session
{
    public class Hetu1CallTests
    {
        [Fact]
        public async Task Arguments_travel_as_hetu1_has_them()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            var call = scenario.Client.Systems.MoveToAsync(0.5f, true);
            Assert.Equal(new object?[] { 0.5, 1L }, connection.Expect("rpc", "move_to"));
            scenario.Say(connection, "rsp", "ok");
            await call;
        }

        [Fact]
        public async Task They_are_answered_in_the_order_in_which_they_were_made()
        {
            using var scenario = new Scenario();
            var calls = new[] { "a", "b", "c" }.Select(text => scenario.Client.Systems.EchoAsync(text)).ToList();
            var connection = scenario.Accept();
            foreach (var text in new[] { "a", "b", "c" })
            {
                connection.Expect("rpc", "echo", text);
                connection.Send("rsp", text + text);
            }

            scenario.Tick();
            Assert.Equal(new[] { "aa", "bb", "cc" }, await Task.WhenAll(calls));
        }

        [Fact]
        public async Task A_value_that_the_schema_does_not_allow_is_refused_before_anything_is_sent()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            var refused = await Assert.ThrowsAsync<SchemaValueException>(() => scenario.Client.Systems.EchoAsync(new string('x', 1001)));
            Assert.Equal("echo.text", refused.Path);
            Assert.Equal("a string of at most 1000 characters", refused.Limit);
            await Assert.ThrowsAsync<SchemaValueException>(() => scenario.Client.Systems.EchoAsync("\ud800"));
            Assert.Equal(0, connection.Unread);
        }

        [Fact]
        public async Task A_rejection_is_the_exception_of_the_schemas_error_with_its_fields()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            var call = scenario.Client.Systems.EchoAsync("a");
            scenario.Say(connection, "rej", "echo", "NotEnough", Fields("need", 3L));
            var error = await Assert.ThrowsAsync<NotEnoughException>(() => call);
            Assert.Equal(("NotEnough", "echo", 3L), (error.Code, error.System, error.Need));
        }

        [Fact]
        public async Task A_rejection_with_fields_of_another_schema_keeps_them_as_they_came()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            var call = scenario.Client.Systems.EchoAsync("a");
            scenario.Say(connection, "rej", "echo", "NotEnough", Fields("need", "a lot"));
            var error = await Assert.ThrowsAsync<CallRejectedException>(() => call);
            var fields = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(error.Fields);
            Assert.Equal("a lot", fields["need"]);
        }

        [Fact]
        public async Task A_built_in_refusal_has_its_code_and_reason()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            var call = scenario.Client.Systems.EchoAsync("a");
            scenario.Say(connection, "rej", "echo", "RATE_LIMITED", Fields("reason", "2 in an hour"));
            var error = await Assert.ThrowsAsync<CallRejectedException>(() => call);
            Assert.Equal("echo was rejected: RATE_LIMITED (2 in an hour)", error.Message);
        }

        [Fact]
        public async Task A_failure_of_the_server_has_its_reason()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            var call = scenario.Client.Systems.EchoAsync("a");
            scenario.Say(connection, "err", "echo", "INTERNAL");
            Assert.Equal("INTERNAL", (await Assert.ThrowsAsync<CallFailedException>(() => call)).Reason);
        }

        [Fact]
        public async Task A_result_of_another_type_is_a_mismatch_on_that_call_alone()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            var call = scenario.Client.Systems.EchoAsync("a");
            scenario.Say(connection, "rsp", 5);
            Assert.Equal("echo()", (await Assert.ThrowsAsync<SchemaMismatchException>(() => call)).Path);
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
        }

        [Fact]
        public async Task The_outcome_is_unknown_when_the_link_drops_and_it_is_not_sent_again()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            var lost = scenario.Client.Systems.EchoAsync("a");
            connection.Expect("rpc", "echo");
            scenario.Drop(connection);
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => lost);
            var later = scenario.Client.Systems.EchoAsync("later");
            scenario.Advance(500);
            var next = scenario.Accept();
            next.Expect("rpc", "echo", "later");
            scenario.Say(next, "rsp", "later");
            await later;
        }

        [Fact]
        public async Task One_that_could_not_be_sent_in_time_has_no_effect()
        {
            using var scenario = new Scenario(options => options.CallTimeout = TimeSpan.FromMilliseconds(700));
            var call = scenario.Client.Systems.EchoAsync("a");
            scenario.Advance(700);
            var error = await Assert.ThrowsAsync<CallTimeoutException>(() => call);
            Assert.Equal("echo was not sent within 700 ms: the connection is Connecting", error.Message);
            Assert.Equal(0, scenario.Accept().Unread);
        }

        [Fact]
        public async Task The_outcome_is_unknown_when_the_answer_does_not_come_in_time_and_the_next_answer_is_not_its()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            var slow = scenario.Client.Systems.With(TimeSpan.FromMilliseconds(50)).EchoAsync("slow");
            scenario.Advance(50);
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => slow);
            var next = scenario.Client.Systems.EchoAsync("next");
            connection.Send("rsp", "of slow");
            scenario.Say(connection, "rsp", "of next");
            Assert.Equal("of next", await next);
        }

        [Fact]
        public async Task Too_many_that_wait_are_refused()
        {
            using var scenario = new Scenario(options => options.MaxQueued = 2);
            var waiting = new[] { scenario.Client.Systems.EchoAsync("a"), scenario.Client.Systems.EchoAsync("b") };
            await Assert.ThrowsAsync<QueueFullException>(() => Ticked(scenario, scenario.Client.Systems.EchoAsync("c")));
            scenario.Client.Close();
            scenario.Tick();
            foreach (var call in waiting) await Assert.ThrowsAsync<ConnectionClosedException>(() => call);
        }

        [Fact]
        public async Task They_wait_when_as_many_as_allowed_are_under_way()
        {
            using var scenario = new Scenario(options => options.MaxInFlight = 2);
            var connection = scenario.Accept();
            var calls = new[] { "a", "b", "c" }.Select(text => scenario.Client.Systems.EchoAsync(text)).ToList();
            connection.Expect("rpc", "echo", "a");
            connection.Expect("rpc", "echo", "b");
            Assert.Equal(0, connection.Unread);
            scenario.Say(connection, "rsp", "A");
            connection.Expect("rpc", "echo", "c");
            connection.Send("rsp", "B");
            scenario.Say(connection, "rsp", "C");
            Assert.Equal(new[] { "A", "B", "C" }, await Task.WhenAll(calls));
        }

        [Fact]
        public async Task They_fail_with_what_they_deserve_when_the_client_closes()
        {
            using var scenario = new Scenario(options => options.MaxInFlight = 1);
            var connection = scenario.Accept();
            var underWay = scenario.Client.Systems.EchoAsync("a");
            var waiting = scenario.Client.Systems.EchoAsync("b");
            scenario.Client.Close();
            scenario.Tick();
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => underWay);
            await Assert.ThrowsAsync<ConnectionClosedException>(() => waiting);
            await Assert.ThrowsAsync<ConnectionClosedException>(
                () => Ticked(scenario, scenario.Client.Systems.EchoAsync("c")));
            Assert.True(connection.IsClosed);
            Assert.Null(scenario.Client.Connection.Error);
        }

        [Fact]
        public async Task One_that_is_cancelled_before_it_is_made_is_never_sent()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            var call = scenario.Client.Systems.EchoAsync("a", new CancellationToken(true));
            await Assert.ThrowsAsync<TaskCanceledException>(() => call);
            Assert.Equal(0, connection.Unread);
        }

        [Fact]
        public async Task One_that_is_cancelled_while_it_waits_for_the_connection_is_never_sent()
        {
            using var scenario = new Scenario();
            using var cancellation = new CancellationTokenSource();
            var cancelled = scenario.Client.Systems.EchoAsync("a", cancellation.Token);
            var kept = scenario.Client.Systems.EchoAsync("b");
            cancellation.Cancel();
            scenario.Tick();
            await Assert.ThrowsAsync<TaskCanceledException>(() => cancelled);
            var connection = scenario.Accept();
            connection.Expect("rpc", "echo", "b");
            scenario.Say(connection, "rsp", "b");
            Assert.Equal("b", await kept);
        }

        [Fact]
        public async Task One_that_is_cancelled_under_way_has_an_unknown_outcome_and_its_answer_does_not_disturb_the_next()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            using var cancellation = new CancellationTokenSource();
            var cancelled = scenario.Client.Systems.EchoAsync("a", cancellation.Token);
            var next = scenario.Client.Systems.EchoAsync("b");
            cancellation.Cancel();
            scenario.Tick();
            var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => cancelled);
            Assert.IsType<OperationCanceledException>(error.InnerException);
            connection.Send("rsp", "a");
            scenario.Say(connection, "rsp", "b");
            Assert.Equal("b", await next);
        }

        [Fact]
        public async Task By_name_they_take_and_give_values_as_they_are()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            var call = scenario.Client.CallSystemAsync("anything", 1, "two", null, new object?[] { 3.5, true });
            Assert.Equal(
                new object?[] { 1L, "two", null, new object?[] { 3.5, 1L } },
                connection.Expect("rpc", "anything"));
            scenario.Say(connection, "rsp", new object?[] { 1, "x" });
            Assert.Equal(new object?[] { 1L, "x" }, await call);
            await Assert.ThrowsAsync<SchemaValueException>(() => scenario.Client.CallSystemAsync("anything", new object()));
        }

        private static async Task<T> Ticked<T>(Scenario scenario, Task<T> call)
        {
            scenario.Tick();
            return await call;
        }

        private static IReadOnlyDictionary<string, object?> Fields(string name, object? value) =>
            new Dictionary<string, object?> { [name] = value };
    }
}
