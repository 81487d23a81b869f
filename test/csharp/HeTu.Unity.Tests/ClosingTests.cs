#nullable enable

using System;
using System.Threading;
using System.Threading.Tasks;
using HeTu.UnityTests.Support;
using Xunit;

namespace HeTu.UnityTests
{
    public class ClosingTests
    {
        [Fact]
        public async Task A_client_closed_by_another_thread_between_two_frames_ends_what_waits_at_the_next()
        {
            using var unity = new UnityPlayer();
            var player = new Player();
            var connection = player.Connect();
            var call = player.Client.Systems.EchoAsync("a");
            connection.Expect(1, 0, "a");
            Elsewhere(player.Client.Close);
            Assert.False(call.IsCompleted);
            UnityPlayer.Frame();
            Assert.True(call.IsCompleted);
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => call);
            Assert.True(connection.IsClosed);
        }

        [Fact]
        public async Task A_client_closed_by_a_script_ends_what_waits_by_the_next_frame()
        {
            using var unity = new UnityPlayer();
            var player = new Player();
            UnityPlayer.Frame();
            var call = player.Client.Systems.EchoAsync("a");
            var connected = player.Client.ConnectedAsync();
            player.Client.Dispose();
            UnityPlayer.Frame();
            Assert.True(call.IsCompleted && connected.IsCompleted);
            await Assert.ThrowsAsync<ConnectionClosedException>(() => call);
            await Assert.ThrowsAsync<ConnectionClosedException>(() => connected);
        }

        [Fact]
        public async Task A_client_closed_before_its_first_frame_ends_what_waits_at_that_frame()
        {
            using var unity = new UnityPlayer();
            var player = new Player();
            var call = player.Client.Systems.EchoAsync("a");
            player.Client.Close();
            UnityPlayer.Frame();
            Assert.True(call.IsCompleted);
            await Assert.ThrowsAsync<ConnectionClosedException>(() => call);
            Assert.Equal(ConnectionStatus.Closed, player.Status);
        }

        [Fact]
        public async Task What_is_asked_of_a_client_long_after_its_end_fails_by_the_next_frame_whichever_thread_asks()
        {
            using var unity = new UnityPlayer();
            var player = new Player();
            player.Connect();
            player.Client.Close();
            for (var frame = 0; frame < 3; frame++) UnityPlayer.Frame();
            var own = player.Client.Systems.EchoAsync("a");
            Task? others = null;
            Elsewhere(() => others = player.Client.Systems.EchoAsync("b"));
            UnityPlayer.Frame();
            Assert.True(own.IsCompleted && others!.IsCompleted);
            await Assert.ThrowsAsync<ConnectionClosedException>(() => own);
            await Assert.ThrowsAsync<ConnectionClosedException>(() => others);
        }

        [Fact]
        public async Task Quitting_closes_every_client_and_ends_what_waits_without_another_frame()
        {
            using var unity = new UnityPlayer();
            var connected = new Player();
            var connection = connected.Connect();
            var connecting = new Player();
            UnityPlayer.Frame();
            var fresh = new Player();
            var sent = connected.Client.Systems.EchoAsync("a");
            var waiting = connecting.Client.Systems.EchoAsync("a");
            var unheard = fresh.Client.Systems.EchoAsync("a");
            UnityPlayer.Quit();
            Assert.True(sent.IsCompleted && waiting.IsCompleted && unheard.IsCompleted);
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => sent);
            await Assert.ThrowsAsync<ConnectionClosedException>(() => waiting);
            await Assert.ThrowsAsync<ConnectionClosedException>(() => unheard);
            Assert.True(connection.IsClosed);
            Assert.True(connecting.Server.Next().IsClosed);
            foreach (var player in new[] { connected, connecting, fresh })
            {
                Assert.Equal(ConnectionStatus.Closed, player.Status);
            }
        }

        [Fact]
        public void A_handler_that_throws_while_the_application_quits_keeps_no_client_open()
        {
            using var unity = new UnityPlayer();
            var players = new[] { new Player(), new Player() };
            foreach (var player in players)
            {
                player.Client.OnConnection += _ => throw new InvalidOperationException("the handler's own");
            }

            UnityPlayer.Frame();
            UnityPlayer.Quit();
            Assert.All(players, player => Assert.Equal(ConnectionStatus.Closed, player.Status));
            Assert.Equal(2, unity.Problems.Count);
        }

        /// <summary>Runs it on a thread that is not the main one, and waits without leaving this one.</summary>
        private static void Elsewhere(Action action)
        {
            var thread = new Thread(() => action());
            thread.Start();
            thread.Join();
        }
    }
}
