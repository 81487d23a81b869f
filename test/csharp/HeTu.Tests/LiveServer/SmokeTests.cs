#nullable enable

using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HeTu.World;
using Xunit;

namespace HeTu.Tests.LiveServer
{
    public class SmokeTests
    {
        [Theory]
        [InlineData(HetuProtocols.Hetu1, "hetu.1")]
        [InlineData(HetuProtocols.Automatic, "hetu.2")]
        public async Task A_client_logs_in_calls_is_rejected_and_hears_an_event(HetuProtocols protocols, string spoken)
        {
            await using var server = await ServerProcess.StartAsync();
            await using var client = new WorldClient(
                server.Url,
                bootstrap => bootstrap.Systems.LoginAsync(7),
                new HetuOptions { Protocols = protocols, Loop = HetuLoop.ThreadPool });
            var heard = new TaskCompletionSource<Shout>(TaskCreationOptions.RunContinuationsAsynchronously);
            client.Events.On<Shout>(shout => heard.TrySetResult(shout));
            await client.ConnectedAsync();
            Assert.Equal(spoken, client.Connection.Protocol);
            Assert.Equal(7, await client.Systems.WhoamiAsync());
            Assert.Equal("héllo", await client.Systems.EchoAsync("héllo"));
            await client.Systems.MoveToAsync(1.5f, -2f);
            Assert.Equal(70, await client.Systems.TransferAsync(1, 2, 30));
            var rejected = await Assert.ThrowsAsync<NotEnoughException>(() => client.Systems.TransferAsync(1, 2, 1000));
            Assert.Equal((1000L, 70L), (rejected.Need, rejected.Have));
            var receipt = await client.Systems.BuyAsync(5, 2);
            Assert.Equal((5, 2L), (receipt.Item, receipt.Left));
            await client.Systems.ShoutAsync("hey");
            var shout = await heard.Task;
            Assert.Equal((7L, "hey"), (shout.From, shout.Text));
        }

        [Theory]
        [InlineData(HetuProtocols.Hetu1)]
        [InlineData(HetuProtocols.Automatic)]
        public async Task A_client_comes_back_when_the_server_was_killed_and_started_again(HetuProtocols protocols)
        {
            var first = await ServerProcess.StartAsync();
            var port = first.Port;
            await using var client = new WorldClient(
                first.Url,
                bootstrap => bootstrap.Systems.LoginAsync(7),
                new HetuOptions
                {
                    Protocols = protocols,
                    Loop = HetuLoop.ThreadPool,
                    Reconnect = new ReconnectOptions
                    {
                        BaseDelay = TimeSpan.FromMilliseconds(20),
                        MaxDelay = TimeSpan.FromMilliseconds(100),
                    },
                });
            await client.ConnectedAsync();
            var lost = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            client.OnConnection += state =>
            {
                if (state.Status == ConnectionStatus.Waiting) lost.TrySetResult(true);
            };
            await first.DisposeAsync();
            await lost.Task;
            await using var second = await ServerProcess.StartAsync("--port", port.ToString());
            Assert.Equal("back", await client.Systems.EchoAsync("back"));
        }

        [Theory]
        [InlineData(HetuProtocols.Hetu1)]
        [InlineData(HetuProtocols.Automatic)]
        public async Task Three_hundred_calls_at_once_are_answered_each_with_its_own(HetuProtocols protocols)
        {
            await using var server = await ServerProcess.StartAsync();
            await using var client = new WorldClient(
                server.Url,
                null,
                new HetuOptions { Protocols = protocols, Loop = HetuLoop.ThreadPool });
            var calls = new List<Task<string>>();
            for (var at = 0; at < 300; at++) calls.Add(client.Systems.EchoAsync(new string('x', at)));
            var answers = await Task.WhenAll(calls);
            for (var at = 0; at < answers.Length; at++) Assert.Equal(at, answers[at].Length);
        }

        [Fact]
        public async Task A_session_whose_link_was_cut_is_gone_on_with_without_bootstrap()
        {
            await using var server = await ServerProcess.StartAsync();
            var transport = new CuttableTransport();
            var runs = 0;
            await using var client = new WorldClient(
                server.Url,
                bootstrap =>
                {
                    runs++;
                    return bootstrap.Systems.LoginAsync(7);
                },
                new HetuOptions
                {
                    Transport = transport,
                    Loop = HetuLoop.ThreadPool,
                    Reconnect = new ReconnectOptions { BaseDelay = TimeSpan.FromMilliseconds(10) },
                });
            await client.ConnectedAsync();
            for (var cut = 1; cut <= 3; cut++)
            {
                var back = new TaskCompletionSource<ConnectionState>(TaskCreationOptions.RunContinuationsAsynchronously);
                void Look(ConnectionState state)
                {
                    if (state.Status == ConnectionStatus.Connected) back.TrySetResult(state);
                }

                client.OnConnection += Look;
                transport.Cut();
                Assert.True((await back.Task).Resumed);
                client.OnConnection -= Look;
                Assert.Equal(7, await client.Systems.WhoamiAsync());
            }

            Assert.Equal(1, runs);
        }

        [Fact]
        public async Task A_client_that_is_pumped_does_everything_in_its_ticks()
        {
            await using var server = await ServerProcess.StartAsync();
            using var client = new WorldClient(server.Url, null, new HetuOptions { Loop = HetuLoop.Pump });
            var call = client.Systems.EchoAsync("a");
            while (!call.IsCompleted)
            {
                client.Tick();
                await Task.Yield();
            }

            Assert.Equal("a", await call);
        }

        [Fact]
        public async Task A_client_without_generated_code_goes_by_names()
        {
            await using var server = await ServerProcess.StartAsync();
            await using var client = new HetuClient(
                server.Url,
                new HetuOptions { Loop = HetuLoop.ThreadPool },
                bootstrap => bootstrap.CallSystemAsync("login", 8));
            Assert.Equal("hi", await client.CallSystemAsync("echo", "hi"));
            Assert.Equal(8L, await client.CallSystemAsync("whoami"));
            await Assert.ThrowsAsync<CallRejectedException>(() => client.CallSystemAsync("no_such_system"));
        }

        [Fact]
        public async Task An_instance_that_does_not_exist_closes_the_client_for_good()
        {
            await using var server = await ServerProcess.StartAsync();
            await using var client = new HetuClient(server.Url.Replace("world", "nowhere", StringComparison.Ordinal));
            var closed = await Assert.ThrowsAsync<ConnectionClosedException>(() => client.ConnectedAsync());
            Assert.Equal(4004, Assert.IsType<ConnectionLostException>(closed.InnerException).CloseCode);
        }
    }
}
