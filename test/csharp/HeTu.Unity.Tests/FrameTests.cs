#nullable enable

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HeTu.Tests.LiveServer;
using HeTu.Tests.Session;
using HeTu.UnityTests.Support;
using HeTu.World;
using UnityEngine;
using Xunit;
using TinyShout = HeTu.Tests.Session.Shout;

namespace HeTu.UnityTests
{
    public class FrameTests
    {
        private static readonly Dictionary<string, object?> Hey = new Dictionary<string, object?> { ["text"] = "hey" };

        [Fact]
        public void A_frame_ticks_every_client_before_the_scripts_run()
        {
            using var unity = new UnityPlayer();
            var players = new[] { new Player(), new Player(), new Player() };
            Assert.All(players, player => Assert.Equal(0, player.Server.Count));
            UnityPlayer.Frame();
            Assert.All(players, player => Assert.Equal(1, player.Server.Count));
            Assert.Equal(
                new[] { typeof(UnityDriver), typeof(UnityEngine.PlayerLoop.Update.ScriptRunBehaviourUpdate) },
                UnityPlayer.StepsOfUpdate.Take(2));
            Assert.Empty(unity.Problems);
        }

        [Fact]
        public void What_comes_on_another_thread_is_handled_by_the_next_frame_on_its_thread()
        {
            using var unity = new UnityPlayer();
            var player = new Player();
            var connection = player.Connect();
            var heard = new List<int>();
            player.Client.Events.On<TinyShout>(_ => heard.Add(Environment.CurrentManagedThreadId));
            UnityPlayer.Frame();
            var network = new Thread(() => connection.Send(8, 0, Hey));
            network.Start();
            network.Join();
            Assert.Empty(heard);
            UnityPlayer.Frame();
            Assert.Equal(new[] { Environment.CurrentManagedThreadId }, heard);
        }

        [Fact]
        public void A_handler_that_throws_keeps_no_client_from_its_tick()
        {
            using var unity = new UnityPlayer();
            var players = new[] { new Player(), new Player(), new Player() };
            var connections = players.Select(player => player.Connect()).ToList();
            var heard = 0;
            foreach (var player in players)
            {
                player.Client.Events.On<TinyShout>(_ => throw new InvalidOperationException("the handler's own"));
                player.Client.Events.On<TinyShout>(_ => heard++);
            }

            UnityPlayer.Frame();
            connections.ForEach(connection => connection.Send(8, 0, Hey));
            UnityPlayer.Frame();
            Assert.Equal(3, heard);
            Assert.Equal(3, unity.Problems.Count);
            Assert.All(unity.Problems, problem => Assert.Contains("the handler's own", problem));
        }

        [Fact]
        public void A_frame_in_which_nothing_comes_allocates_nothing()
        {
            using var unity = new UnityPlayer();
            var players = new[] { new Player(), new Player() };
            foreach (var player in players) player.Connect();
            for (var frame = 0; frame < 100; frame++) UnityPlayer.Frame();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var frame = 0; frame < 1000; frame++) UnityPlayer.Frame();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.All(players, player => Assert.Equal(ConnectionStatus.Connected, player.Status));
        }

        [Fact]
        public void The_focus_asks_each_server_for_a_sign_of_life_once()
        {
            using var unity = new UnityPlayer();
            var connection = new Player().Connect();
            Application.RaiseFocusChanged(false);
            UnityPlayer.Frame();
            Assert.Equal(0, connection.Unread);
            Application.RaiseFocusChanged(true);
            UnityPlayer.Frame();
            connection.Expect(7);
            Assert.Equal(0, connection.Unread);
        }

        [Fact]
        public async Task Scripts_and_handlers_stay_on_the_main_thread_with_a_real_server()
        {
            await using var server = await ServerProcess.StartAsync();
            var threads = new ConcurrentBag<int>();
            var main = 0;
            await MainThread.RunAsync(async () =>
            {
                main = Environment.CurrentManagedThreadId;
                using var unity = new UnityPlayer();
                using var client = new WorldClient(server.Url, async bootstrap =>
                {
                    await bootstrap.Systems.LoginAsync(7);
                    threads.Add(Environment.CurrentManagedThreadId);
                });
                client.OnConnection += _ => threads.Add(Environment.CurrentManagedThreadId);
                var heard = new TaskCompletionSource<string>();
                client.Events.On<HeTu.World.Shout>(shout =>
                {
                    threads.Add(Environment.CurrentManagedThreadId);
                    heard.SetResult(shout.Text);
                });
                await client.ConnectedAsync();
                threads.Add(Environment.CurrentManagedThreadId);
                // From elsewhere; the answer is handled by a frame all the same.
                Assert.Equal("hi", await Task.Run(() => client.Systems.EchoAsync("hi")));
                await client.Systems.ShoutAsync("hey");
                Assert.Equal("hey", await heard.Task);
                threads.Add(Environment.CurrentManagedThreadId);
                Assert.Empty(unity.Problems);
            });
            Assert.Equal(new[] { main }, threads.Distinct());
        }
    }
}
