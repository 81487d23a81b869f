#nullable enable

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu.Tests.Session
{
    /// <summary>A client with a scripted server, a manual clock and a pump that the test works.</summary>
    internal sealed class Scenario : IDisposable
    {
        internal Scenario(
            Action<HetuOptions>? change = null,
            Func<TinySystems, int, Task>? bootstrap = null,
            Schema? schema = null,
            string? url = null)
        {
            Options = new HetuOptions
            {
                Loop = HetuLoop.Pump,
                Transport = Server,
                Clock = Clock,
                Random = () => 0.5,
                Protocols = HetuProtocols.Hetu1,
                Reconnect = new ReconnectOptions
                {
                    BaseDelay = TimeSpan.FromMilliseconds(1_000),
                    MaxDelay = TimeSpan.FromMilliseconds(3_000),
                },
                Warn = Warnings.Add,
            };
            change?.Invoke(Options);
            // Of its own, unless the test says otherwise: what URLs speak is remembered for the process.
            var server = url ?? $"ws://test/{Guid.NewGuid()}";
            Client = new TinyClient(server, schema ?? TinySchema.Plain, Options, bootstrap);
            Client.OnConnection += States.Add;
            Tick();
        }

        internal ScriptedTransport Server { get; } = new ScriptedTransport();

        internal HetuOptions Options { get; }

        internal ManualClock Clock { get; } = new ManualClock();

        internal TinyClient Client { get; }

        internal List<ConnectionState> States { get; } = new List<ConnectionState>();

        internal List<string> Warnings { get; } = new List<string>();

        public void Dispose()
        {
            Client.Dispose();
            Tick();
        }

        /// <summary>
        /// Without the synchronization context of xunit, what awaits runs at once, so that a test need not wait for it.
        /// </summary>
        internal void Tick()
        {
            var context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            Client.Tick();
            SynchronizationContext.SetSynchronizationContext(context);
        }

        internal void Advance(double milliseconds)
        {
            Clock.Advance(milliseconds);
            Tick();
        }

        /// <summary>Takes the next connection through its handshake, over hetu.1.</summary>
        internal ScriptedConnection Accept()
        {
            var connection = Server.Next();
            connection.Opened(null);
            Tick();
            connection.Handshake();
            connection.SendBytes(0x90);
            Tick();
            return connection;
        }

        /// <summary>Takes the next connection through its handshake and welcome, over hetu.2.</summary>
        internal ScriptedConnection Welcome(
            byte[]? token = null,
            bool resumed = false,
            object?[]? description = null,
            long time = 1_700_000_000_000)
        {
            var connection = Greet();
            connection.Expect(0);
            connection.Send(0, time, description, token, 10_000, resumed);
            Tick();
            return connection;
        }

        /// <summary>Takes the next connection through the handshake of hetu.2 up to its hello.</summary>
        internal ScriptedConnection Greet()
        {
            var connection = Server.Next();
            connection.Opened("hetu.2");
            Tick();
            connection.Handshake();
            connection.SendBytes(0x90);
            Tick();
            return connection;
        }

        /// <summary>Sends a frame and lets the client read it.</summary>
        internal void Say(ScriptedConnection connection, params object?[] frame)
        {
            connection.Send(frame);
            Tick();
        }

        internal void Drop(ScriptedConnection connection, int code = 1006)
        {
            connection.Drop(code);
            Tick();
        }
    }
}
