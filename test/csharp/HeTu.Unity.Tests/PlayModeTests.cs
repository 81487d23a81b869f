#nullable enable

using System;
using System.Linq;
using System.Threading;
using HeTu.Tests.Session;
using HeTu.UnityTests.Support;
using UnityEngine;
using UnityEngine.LowLevel;
using Xunit;

namespace HeTu.UnityTests
{
    /// <summary>The play mode begins again without a reload of the domain; and other packages that set the player loop.</summary>
    public class PlayModeTests
    {
        [Theory]
        [InlineData(false)]
        [InlineData(true)]
        public void A_second_play_without_a_reload_of_the_domain_starts_clean(bool resetsLoop)
        {
            using var unity = new UnityPlayer();
            var first = new Player();
            first.Connect();
            UnityPlayer.Quit();
            if (resetsLoop) PlayerLoop.SetPlayerLoop(PlayerLoop.GetDefaultPlayerLoop());
            UnityPlayer.Play();
            Assert.Single(UnityPlayer.StepsOfUpdate, typeof(UnityDriver));
            var second = new Player();
            var connection = second.Connect();
            Assert.Equal(ConnectionStatus.Closed, first.Status);
            Assert.Equal(1, first.Server.Count);
            Assert.Equal(
                new[] { ConnectionStatus.Connecting, ConnectionStatus.Bootstrapping, ConnectionStatus.Connected },
                new[] { ConnectionStatus.Connecting }.Concat(second.Statuses).Distinct());
            Application.RaiseFocusChanged(true);
            UnityPlayer.Frame();
            connection.Expect(7);
            Assert.Equal(0, connection.Unread);
            Assert.Empty(unity.Problems);
        }

        [Fact]
        public void A_client_that_is_made_while_the_play_ends_does_not_reach_into_the_next()
        {
            using var unity = new UnityPlayer();
            var player = new Player();
            player.Connect();
            Player? again = null;
            player.Client.OnConnection += state =>
            {
                if (state.Status == ConnectionStatus.Closed) again = new Player();
            };
            UnityPlayer.Quit();
            Assert.NotNull(again);
            UnityPlayer.Play();
            UnityPlayer.Frame();
            Assert.Equal(ConnectionStatus.Closed, again!.Status);
        }

        [Fact]
        public void A_client_that_nothing_has_closed_does_not_reach_into_the_next_play()
        {
            using var unity = new UnityPlayer();
            var player = new Player();
            var connection = player.Connect();
            UnityPlayer.Play();
            Assert.Equal(ConnectionStatus.Closed, player.Status);
            Assert.True(connection.IsClosed);
        }

        [Fact]
        public void A_new_client_puts_the_step_back_that_another_package_has_removed()
        {
            using var unity = new UnityPlayer();
            var old = new Player();
            old.Connect();
            PlayerLoop.SetPlayerLoop(PlayerLoop.GetDefaultPlayerLoop());
            Assert.DoesNotContain(typeof(UnityDriver), UnityPlayer.StepsOfUpdate);
            var player = new Player();
            var call = old.Client.Systems.EchoAsync("a");
            UnityPlayer.Frame();
            player.Connect();
            Assert.Single(UnityPlayer.StepsOfUpdate, typeof(UnityDriver));
            old.Client.Close();
            UnityPlayer.Frame();
            Assert.True(call.IsCompleted);
            Assert.Empty(unity.Problems);
        }

        [Fact]
        public void A_client_made_on_another_thread_puts_the_step_back_on_the_main_thread()
        {
            using var unity = new UnityPlayer();
            PlayerLoop.SetPlayerLoop(PlayerLoop.GetDefaultPlayerLoop());
            var thread = new Thread(() => new Player());
            thread.Start();
            thread.Join();
            Assert.DoesNotContain(typeof(UnityDriver), UnityPlayer.StepsOfUpdate);
            UnityPlayer.Frame();
            Assert.Single(UnityPlayer.StepsOfUpdate, typeof(UnityDriver));
        }

        [Fact]
        public void The_focus_puts_the_step_back_that_another_package_has_removed()
        {
            using var unity = new UnityPlayer();
            PlayerLoop.SetPlayerLoop(PlayerLoop.GetDefaultPlayerLoop());
            Application.RaiseFocusChanged(true);
            Assert.Single(UnityPlayer.StepsOfUpdate, typeof(UnityDriver));
        }

        [Fact]
        public void The_steps_of_other_packages_stay_in_the_loop()
        {
            var loop = PlayerLoop.GetDefaultPlayerLoop();
            var ran = 0;
            var other = new PlayerLoopSystem { type = typeof(PlayModeTests), updateDelegate = () => ran++ };
            var at = Array.FindIndex(loop.subSystemList!, phase => phase.type == typeof(UnityEngine.PlayerLoop.Update));
            loop.subSystemList![at].subSystemList = new[] { other };
            using var unity = new UnityPlayer(loop);
            UnityPlayer.Frame();
            Assert.Equal(new[] { typeof(UnityDriver), typeof(PlayModeTests) }, UnityPlayer.StepsOfUpdate);
            Assert.Equal(1, ran);
        }

        [Fact]
        public void Without_an_update_phase_it_warns_once_a_play_and_clients_may_be_ticked_by_hand()
        {
            using var unity = new UnityPlayer(new PlayerLoopSystem());
            var player = new Player();
            Application.RaiseFocusChanged(true);
            var warning = Assert.Single(unity.Problems);
            Assert.Contains("Update phase", warning);
            Assert.Contains("HetuClient.Tick()", warning);
            UnityPlayer.Frame();
            Assert.Equal(0, player.Server.Count);
            player.Client.Tick();
            Assert.Equal(1, player.Server.Count);
            UnityPlayer.Play();
            Assert.Equal(2, unity.Problems.Count);
        }
    }
}
