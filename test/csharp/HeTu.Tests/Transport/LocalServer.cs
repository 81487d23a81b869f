#nullable enable

using System;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Threading.Tasks;

namespace HeTu.Tests.Transport
{
    /// <summary>A WebSocket server on this machine whose connections the test holds itself.</summary>
    internal sealed class LocalServer : IDisposable
    {
        private readonly HttpListener listener = new HttpListener();

        internal LocalServer()
        {
            var port = FreePort();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            listener.Start();
            Url = $"ws://127.0.0.1:{port}/hetu/test";
        }

        internal string Url { get; }

        /// <summary>A URL where nobody listens.</summary>
        internal static string DeadUrl => $"ws://127.0.0.1:{FreePort()}/hetu/test";

        public void Dispose() => listener.Close();

        /// <summary>Takes the next connection.</summary>
        /// <param name="subprotocol">What is selected.</param>
        internal async Task<WebSocket> AcceptAsync(string? subprotocol)
        {
            var context = await listener.GetContextAsync().ConfigureAwait(false);
            var accepted = await context.AcceptWebSocketAsync(subprotocol).ConfigureAwait(false);
            return accepted.WebSocket;
        }

        /// <summary>Answers the next connection with a status of HTTP.</summary>
        internal async Task RefuseAsync(int status)
        {
            var context = await listener.GetContextAsync().ConfigureAwait(false);
            context.Response.StatusCode = status;
            context.Response.Close();
        }

        private static int FreePort()
        {
            var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            return port;
        }
    }
}
