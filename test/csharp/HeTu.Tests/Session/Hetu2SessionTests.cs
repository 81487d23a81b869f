#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Session
{
    public class Hetu2SessionTests
    {
        private static readonly byte[] Token = Enumerable.Range(1, 16).Select(number => (byte)number).ToArray();

        [Fact]
        public async Task Calls_go_by_number_and_values_as_they_are()
        {
            using var scenario = Automatic();
            var connection = scenario.Welcome();
            Assert.Equal("hetu.2", connection.Offered);
            Assert.Equal("hetu.2", scenario.Client.Connection.Protocol);
            var moved = scenario.Client.Systems.MoveToAsync(0.5f, true);
            Assert.Equal(new object?[] { 0.5, true }, connection.Expect(1, 2));
            var echoed = scenario.Client.Systems.EchoAsync("a");
            connection.Expect(1, 0, "a");
            connection.SendFrames(new object?[] { 1 }, new object?[] { 1, "A" });
            scenario.Tick();
            await moved;
            Assert.Equal("A", await echoed);
        }

        [Fact]
        public void The_hello_follows_the_handshake_at_once_and_has_the_fingerprint()
        {
            using var scenario = Automatic();
            var connection = scenario.Server.Next();
            connection.Opened("hetu.2");
            scenario.Tick();
            Assert.Equal(new byte[] { 0x90 }, connection.Handshake());
            var hello = connection.Expect(0);
            Assert.Equal(Enumerable.Repeat((byte)0xaa, 32), (byte[])hello[0]!);
            Assert.Null(hello[1]);
        }

        [Fact]
        public void A_server_that_selects_nothing_is_spoken_to_in_hetu1_on_that_very_connection()
        {
            using var scenario = Automatic();
            scenario.Accept();
            Assert.Equal("hetu.1", scenario.Client.Connection.Protocol);
            Assert.Equal(1, scenario.Server.Count);
        }

        [Fact]
        public void Where_the_upgrade_fails_without_selection_it_dials_once_more_without_offering()
        {
            using var scenario = Automatic(options => ((ScriptedTransport)options.Transport!).OpensWithoutSelection = false);
            var first = scenario.Server.Next();
            Assert.Equal("hetu.2", first.Offered);
            scenario.Drop(first);
            var second = scenario.Accept();
            Assert.Null(second.Offered);
            Assert.Equal("hetu.1", scenario.Client.Connection.Protocol);
            Assert.DoesNotContain(scenario.States, state => state.Status == ConnectionStatus.Waiting);
            scenario.Drop(second);
            scenario.Advance(500);
            Assert.Null(scenario.Accept().Offered);
        }

        [Fact]
        public void A_client_of_hetu2_alone_does_not_fall_back()
        {
            using var scenario = Automatic(options => options.Protocols = HetuProtocols.Hetu2);
            var connection = scenario.Server.Next();
            connection.Opened(null);
            scenario.Tick();
            Assert.True(connection.IsClosed);
            Assert.Contains("does not speak hetu.2", scenario.Client.Connection.Error!.Message, StringComparison.Ordinal);
        }

        [Fact]
        public async Task Errors_go_by_number_and_built_in_codes_by_name()
        {
            using var scenario = Automatic();
            var connection = scenario.Welcome();
            var first = scenario.Client.Systems.EchoAsync("a");
            scenario.Say(connection, 2, 0, new Dictionary<string, object?> { ["need"] = 4L });
            Assert.Equal(4, (await Assert.ThrowsAsync<NotEnoughException>(() => first)).Need);
            var second = scenario.Client.Systems.EchoAsync("a");
            scenario.Say(connection, 2, "FORBIDDEN");
            Assert.Equal("FORBIDDEN", (await Assert.ThrowsAsync<CallRejectedException>(() => second)).Code);
            var third = scenario.Client.Systems.EchoAsync("a");
            scenario.Say(connection, 2, 9);
            Assert.Equal("ERROR_9", (await Assert.ThrowsAsync<CallRejectedException>(() => third)).Code);
            var fourth = scenario.Client.Systems.EchoAsync("a");
            scenario.Say(connection, 3, "INTERNAL");
            await Assert.ThrowsAsync<CallFailedException>(() => fourth);
        }

        [Fact]
        public void Events_go_by_number()
        {
            using var scenario = Automatic();
            var heard = new List<string>();
            using var stop = scenario.Client.Events.On<Shout>(shout => heard.Add(shout.Text));
            var connection = scenario.Welcome();
            scenario.Say(connection, 8, 0, new Dictionary<string, object?> { ["text"] = "one" });
            stop.Dispose();
            scenario.Say(connection, 8, 0, new Dictionary<string, object?> { ["text"] = "two" });
            scenario.Say(connection, 8, 7, null);
            Assert.Equal(new[] { "one" }, heard);
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
        }

        [Fact]
        public async Task Another_schema_maps_by_name_and_whoever_uses_what_differs_is_told()
        {
            using var scenario = Automatic();
            scenario.Client.Events.On<Shout>(_ => { });
            var connection = scenario.Welcome(description: TinySchema.Described(
                new object?[] { "new_one", Array.Empty<object?>(), "" },
                new object?[] { "echo", new object?[] { "string?", "i32?" }, "string" },
                new object?[] { "login", new object?[] { "string" }, "i64" }));
            var echoed = scenario.Client.Systems.EchoAsync("a");
            connection.Expect(1, 1, "a");
            scenario.Say(connection, 1, "A");
            Assert.Equal("A", await echoed);
            var login = scenario.Client.Systems.LoginAsync(7);
            scenario.Tick();
            var differs = await Assert.ThrowsAsync<SchemaMismatchException>(() => login);
            Assert.Contains("takes (i64) here and (string) on the server", differs.Message, StringComparison.Ordinal);
            var moved = scenario.Client.Systems.MoveToAsync(1, false);
            scenario.Tick();
            Assert.Equal("move_to", (await Assert.ThrowsAsync<SchemaMismatchException>(() => moved)).Path);
            Assert.Contains("Shout.text is string here and i32 on the server", Assert.Single(scenario.Warnings), StringComparison.Ordinal);
            scenario.Say(connection, 8, 0, new Dictionary<string, object?> { ["text"] = 5 });
            Assert.Single(scenario.Warnings);
        }

        [Fact]
        public void A_resumed_session_does_not_run_bootstrap_again()
        {
            var runs = 0;
            using var scenario = Automatic(bootstrap: (_, _) =>
            {
                runs++;
                return Task.CompletedTask;
            });
            scenario.Drop(scenario.Welcome(Token));
            scenario.Advance(500);
            var second = scenario.Greet();
            Assert.Equal(new object?[] { Token, 0L }, (object?[])second.Expect(0)[1]!);
            scenario.Say(second, 0, 1_700_000_000_000, null, Token, 10_000, true);
            Assert.True(scenario.Client.Connection.Resumed);
            Assert.Equal(1, runs);
        }

        [Fact]
        public void The_position_of_the_last_update_goes_along_with_the_token()
        {
            using var scenario = Automatic();
            var first = scenario.Welcome(Token);
            scenario.Say(first, 7, 41);
            scenario.Say(first, 7, 42);
            scenario.Drop(first);
            scenario.Advance(500);
            Assert.Equal(new object?[] { Token, 42L }, (object?[])scenario.Greet().Expect(0)[1]!);
        }

        [Fact]
        public void An_attempt_that_comes_to_nothing_leaves_the_token_for_the_next()
        {
            using var scenario = Automatic();
            scenario.Drop(scenario.Welcome(Token));
            scenario.Advance(500);
            scenario.Drop(scenario.Server.Next());
            scenario.Advance(1_000);
            Assert.NotNull(scenario.Greet().Expect(0)[1]);
        }

        [Fact]
        public void A_session_whose_bootstrap_was_cut_off_is_not_resumed()
        {
            var never = new TaskCompletionSource<bool>();
            using var scenario = Automatic(bootstrap: (_, _) => never.Task);
            var first = scenario.Welcome(Token);
            Assert.Equal(ConnectionStatus.Bootstrapping, scenario.Client.Connection.Status);
            scenario.Drop(first);
            scenario.Advance(500);
            Assert.Null(scenario.Greet().Expect(0)[1]);
        }

        [Fact]
        public void A_token_is_not_given_twice()
        {
            using var scenario = Automatic();
            scenario.Drop(scenario.Welcome(Token));
            scenario.Advance(500);
            var second = scenario.Greet();
            second.Expect(0);
            scenario.Say(second, 0, 1_700_000_000_000, null, null, 10_000, false);
            scenario.Drop(second);
            scenario.Advance(1_000);
            Assert.Null(scenario.Greet().Expect(0)[1]);
        }

        [Fact]
        public void A_silent_server_is_pinged()
        {
            using var scenario = Automatic(options => options.KeepAlive = TimeSpan.FromMilliseconds(1_000));
            var connection = scenario.Welcome();
            scenario.Advance(1_000);
            connection.Expect(7);
            scenario.Say(connection, 11);
            scenario.Advance(999);
            Assert.Equal(0, connection.Unread);
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
        }

        [Fact]
        public async Task The_ids_of_once_calls_have_the_time_of_the_welcome_and_are_sent_again()
        {
            using var scenario = Automatic(schema: TinySchema.WithOnce);
            var first = scenario.Welcome(time: 1_700_000_000_000);
            var bought = scenario.Client.Systems.BuyAsync(5);
            var id = (byte[])first.Expect(2, 3)[0]!;
            Assert.Equal(24, id.Length);
            Assert.Equal(
                1_700_000_000_000,
                System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(id));
            scenario.Drop(first);
            var later = scenario.Client.Systems.EchoAsync("later");
            scenario.Advance(500);
            var second = scenario.Welcome();
            Assert.Equal(id, (byte[])second.Expect(2, 3)[0]!);
            second.Expect(1, 0, "later");
            second.SendFrames(new object?[] { 1, 9 }, new object?[] { 1, "later" });
            scenario.Tick();
            Assert.Equal(9, await bought);
            Assert.Equal("later", await later);
        }

        [Fact]
        public async Task A_once_call_that_the_next_server_does_not_have_has_an_unknown_outcome()
        {
            using var scenario = Automatic(schema: TinySchema.WithOnce);
            var first = scenario.Welcome();
            var bought = scenario.Client.Systems.BuyAsync(5);
            first.Expect(2, 3);
            scenario.Drop(first);
            scenario.Advance(500);
            scenario.Welcome(description: TinySchema.Described());
            var unknown = await Assert.ThrowsAsync<OutcomeUnknownException>(() => bought);
            Assert.IsType<SchemaMismatchException>(unknown.InnerException);
        }

        [Theory]
        [InlineData("a call's answer before the welcome", new byte[] { 0x91, 0x01 })]
        [InlineData("a welcome without its parts", new byte[] { 0x91, 0x00 })]
        [InlineData("nothing", new byte[0])]
        public void What_is_no_welcome_drops_the_link(string what, byte[] bytes)
        {
            using var scenario = Automatic();
            var connection = scenario.Greet();
            connection.SendBytes(bytes);
            scenario.Tick();
            Assert.True(connection.IsClosed, what);
            Assert.Equal(ConnectionStatus.Waiting, scenario.Client.Connection.Status);
        }

        private static Scenario Automatic(
            Action<HetuOptions>? change = null,
            Func<TinySystems, int, Task>? bootstrap = null,
            Schema? schema = null) => new Scenario(
            options =>
            {
                options.Protocols = HetuProtocols.Automatic;
                change?.Invoke(options);
            },
            bootstrap,
            schema);
    }
}
