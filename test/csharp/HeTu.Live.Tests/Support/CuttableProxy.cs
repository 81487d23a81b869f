#nullable enable

using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu.LiveTests.Support
{
    /// <summary>
    /// TCP between clients and a server: links through it can be cut at once or after so many more bytes, new ones can
    /// be refused, and what the server says on hetu.2 without layers is overheard.
    /// </summary>
    internal sealed class CuttableProxy : IAsyncDisposable
    {
        private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);
        private readonly int target;
        private readonly List<Pair> pairs = new List<Pair>();
        private long cutAfter = long.MaxValue;

        private CuttableProxy(int target)
        {
            this.target = target;
        }

        /// <summary>Where clients reach the world.</summary>
        internal string Url => $"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hetu/world";

        /// <summary>New connections are ended at once.</summary>
        internal volatile bool Refuses;

        /// <summary>What the server has said since the count was last reset.</summary>
        internal OverheardRows Overheard { get; } = new OverheardRows();

        internal static CuttableProxy Start(int target)
        {
            var proxy = new CuttableProxy(target);
            proxy.listener.Start();
            _ = proxy.AcceptAsync();
            return proxy;
        }

        /// <summary>Cuts all links once so many more bytes have come from the server.</summary>
        internal void CutAfter(int bytes)
        {
            lock (pairs) cutAfter = bytes;
        }

        /// <summary>Ends all links without a word to either side.</summary>
        internal void Cut()
        {
            Pair[] cut;
            lock (pairs)
            {
                cutAfter = long.MaxValue;
                cut = pairs.ToArray();
            }

            foreach (var pair in cut) pair.Reset();
        }

        public ValueTask DisposeAsync()
        {
            listener.Stop();
            Cut();
            return default;
        }

        private async Task AcceptAsync()
        {
            while (true)
            {
                Socket client;
                try
                {
                    client = await listener.AcceptSocketAsync();
                }
                catch (Exception error) when (error is SocketException || error is InvalidOperationException)
                {
                    return;
                }

                if (Refuses) client.Close(0);
                else _ = ServeAsync(client);
            }
        }

        private async Task ServeAsync(Socket client)
        {
            var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var pair = new Pair(client, server, new WebSocketFrames(Overheard.Take));
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target);
                client.NoDelay = server.NoDelay = true;
                lock (pairs) pairs.Add(pair);
                await Task.WhenAny(PassAsync(client, server, null), PassAsync(server, client, pair.Frames));
            }
            catch (SocketException)
            {
                // Then the link ends.
            }

            pair.Reset();
            lock (pairs) pairs.Remove(pair);
        }

        private async Task PassAsync(Socket from, Socket to, WebSocketFrames? frames)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                while (true)
                {
                    var count = await from.ReceiveAsync(buffer, SocketFlags.None);
                    if (count == 0) return;
                    var isLast = false;
                    if (frames != null)
                    {
                        lock (pairs)
                        {
                            isLast = count >= cutAfter;
                            count = (int)Math.Min(count, cutAfter);
                            if (cutAfter != long.MaxValue) cutAfter -= count;
                        }

                        frames.Take(buffer.AsSpan(0, count));
                    }

                    for (var sent = 0; sent < count;)
                    {
                        sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None);
                    }

                    if (isLast) Cut();
                }
            }
            catch (Exception error) when (error is SocketException || error is InvalidOperationException)
            {
                // Cut.
            }
        }

        private sealed class Pair
        {
            private readonly Socket client;
            private readonly Socket server;
            private int isReset;

            internal Pair(Socket client, Socket server, WebSocketFrames frames)
            {
                this.client = client;
                this.server = server;
                Frames = frames;
            }

            internal WebSocketFrames Frames { get; }

            internal void Reset()
            {
                if (Interlocked.Exchange(ref isReset, 1) == 1) return;
                // Without lingering, closing resets the connection.
                client.LingerState = server.LingerState = new LingerOption(true, 0);
                client.Close();
                server.Close();
            }
        }
    }
}
