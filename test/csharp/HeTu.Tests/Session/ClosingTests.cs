#nullable enable

using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Session
{
    /// <summary>What must happen although nobody drives the client any more, and what a failing bootstrap leaves.</summary>
    public class ClosingTests
    {
        [Fact]
        public async Task Who_waits_for_a_client_learns_that_it_is_closed_although_nobody_ticks_it_any_more()
        {
            using var scenario = new Scenario();
            var sent = scenario.Client.Systems.EchoAsync("a");
            var connected = scenario.Client.ConnectedAsync();
            scenario.Client.Close();
            await Assert.ThrowsAsync<ConnectionClosedException>(() => sent);
            await Assert.ThrowsAsync<ConnectionClosedException>(() => connected);
            await Assert.ThrowsAsync<ConnectionClosedException>(() => scenario.Client.Systems.EchoAsync("b"));
        }

        [Fact]
        public void A_sink_of_warnings_that_throws_does_not_stop_the_client()
        {
            using var scenario = new Scenario(options => options.Warn = _ => throw new InvalidOperationException("mine"));
            scenario.Client.OnConnection += _ => throw new InvalidOperationException("the handler's");
            scenario.Accept();
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
        }

        [Fact]
        public async Task A_transport_that_cannot_send_loses_the_link()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            connection.Failure = new InvalidOperationException("the cable is cut");
            var call = scenario.Client.Systems.EchoAsync("a");
            scenario.Tick();
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => call);
            Assert.Equal("sending has failed: the cable is cut", scenario.Client.Connection.Error?.Message);
            scenario.Advance(3_000);
            scenario.Accept();
            Assert.Equal(ConnectionStatus.Connected, scenario.Client.Connection.Status);
        }

        [Fact]
        public void An_event_of_another_schema_is_reported_on_the_loop_whichever_thread_listens()
        {
            using var scenario = new Scenario(options => options.Protocols = HetuProtocols.Automatic);
            var nothing = Array.Empty<object>();
            scenario.Welcome(description: new object?[] { nothing, nothing, nothing, nothing });
            var errors = new List<Exception>();
            scenario.Client.OnError += errors.Add;
            var listening = new Thread(() => scenario.Client.Events.On<Shout>(_ => { }));
            listening.Start();
            listening.Join();
            Assert.Empty(errors);
            scenario.Tick();
            Assert.IsType<SchemaMismatchException>(Assert.Single(errors));
        }

        [Fact]
        public void A_bootstrap_that_fails_when_its_link_is_gone_is_no_unobserved_exception()
        {
            var unobserved = new List<Exception>();
            void Note(object? sender, UnobservedTaskExceptionEventArgs args)
            {
                if (args.Exception.InnerException is NotEnoughException) lock (unobserved) unobserved.Add(args.Exception);
            }

            TaskScheduler.UnobservedTaskException += Note;
            try
            {
                FailBootstrapOfALostLink();
                GC.Collect();
                GC.WaitForPendingFinalizers();
                Assert.Empty(unobserved);
            }
            finally
            {
                TaskScheduler.UnobservedTaskException -= Note;
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void FailBootstrapOfALostLink()
        {
            var gate = new TaskCompletionSource<bool>();
            using var scenario = new Scenario(bootstrap: (_, _) => gate.Task);
            var connection = scenario.Accept();
            scenario.Drop(connection);
            gate.SetException(new NotEnoughException("login", 1));
            scenario.Tick();
            Assert.Equal(ConnectionStatus.Waiting, scenario.Client.Connection.Status);
        }
    }
}
