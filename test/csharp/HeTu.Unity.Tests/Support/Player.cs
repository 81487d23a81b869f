#nullable enable

using System;
using System.Collections.Generic;
using HeTu.Tests.Session;

namespace HeTu.UnityTests.Support
{
    /// <summary>A client as a script of a scene would make it, on a server that the test plays.</summary>
    internal sealed class Player
    {
        internal Player(Action<HetuOptions>? change = null)
        {
            var options = new HetuOptions { Transport = Server, Protocols = HetuProtocols.Hetu2, Random = () => 0.5 };
            change?.Invoke(options);
            Client = new TinyClient($"ws://test/{Guid.NewGuid()}", TinySchema.Plain, options);
            Client.OnConnection += state => Statuses.Add(state.Status);
        }

        internal ScriptedTransport Server { get; } = new ScriptedTransport();

        internal TinyClient Client { get; }

        internal List<ConnectionStatus> Statuses { get; } = new List<ConnectionStatus>();

        internal ConnectionStatus Status => Client.Connection.Status;

        /// <summary>Takes the client through the frames of its connecting.</summary>
        internal ScriptedConnection Connect()
        {
            UnityPlayer.Frame();
            var connection = Server.Next();
            connection.Opened("hetu.2");
            UnityPlayer.Frame();
            connection.Handshake();
            connection.SendBytes(0x90);
            UnityPlayer.Frame();
            connection.Expect(0);
            connection.Send(0, 1_700_000_000_000, null, null, 10_000, false);
            UnityPlayer.Frame();
            return connection;
        }
    }
}
