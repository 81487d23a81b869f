#nullable enable

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;

namespace HeTu.LiveTests.Support
{
    /// <summary>A server that upgrades rightly, and then sends the bytes that it was given.</summary>
    internal sealed class HostileServer : IAsyncDisposable
    {
        private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);
        private readonly string? subprotocol;
        private readonly Func<int, byte[]> bytes;
        private readonly bool closes;
        private readonly Trace accepted = new Trace();

        private HostileServer(string? subprotocol, Func<int, byte[]> bytes, bool closes)
        {
            this.subprotocol = subprotocol;
            this.bytes = bytes;
            this.closes = closes;
        }

        internal string Url => $"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hetu/world";

        /// <param name="subprotocol">What is selected.</param>
        /// <param name="bytes">What is sent on the connection of this number, from 0: with the heads of frames.</param>
        /// <param name="closes">Whether the connection is ended behind them.</param>
        internal static HostileServer Start(string? subprotocol, Func<int, byte[]> bytes, bool closes)
        {
            var server = new HostileServer(subprotocol, bytes, closes);
            server.listener.Start();
            _ = server.AcceptAsync();
            return server;
        }

        /// <summary>A binary message with its head.</summary>
        internal static byte[] Message(params byte[] payload) => Frame(0x82, payload);

        /// <summary>A frame.</summary>
        /// <param name="first">Its first byte: whether it is the last one, and what it is.</param>
        /// <param name="payload">What it carries.</param>
        /// <param name="length">What it claims to carry.</param>
        internal static byte[] Frame(byte first, byte[] payload, long? length = null)
        {
            var frame = new byte[10 + payload.Length];
            frame[0] = first;
            frame[1] = 127;
            BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), length ?? payload.Length);
            payload.CopyTo(frame, 10);
            return frame;
        }

        /// <summary>Ends once a connection of this number has been accepted.</summary>
        internal Task AcceptsAsync(int number) => accepted.HasAsync($"{number}");

        public ValueTask DisposeAsync()
        {
            listener.Stop();
            return default;
        }

        private async Task AcceptAsync()
        {
            for (var number = 0; ; number++)
            {
                Socket socket;
                try
                {
                    socket = await listener.AcceptSocketAsync();
                }
                catch (Exception error) when (error is SocketException || error is InvalidOperationException)
                {
                    return;
                }

                accepted.Add($"{number}");
                _ = ServeAsync(socket, bytes(number));
            }
        }

        private async Task ServeAsync(Socket socket, byte[] said)
        {
            using (socket)
            {
                try
                {
                    await UpgradeAsync(socket);
                    await SendAsync(socket, said);
                    if (closes) return;
                    var buffer = new byte[4096];
                    while (await socket.ReceiveAsync(buffer, SocketFlags.None) > 0)
                    {
                        // Whatever the client says.
                    }
                }
                catch (SocketException)
                {
                    // The client has ended the connection.
                }
            }
        }

        private async Task UpgradeAsync(Socket socket)
        {
            var request = new List<byte>();
            var one = new byte[1];
            while (!Encoding.ASCII.GetString(request.ToArray()).EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                if (await socket.ReceiveAsync(one, SocketFlags.None) == 0) return;
                request.Add(one[0]);
            }

            var text = Encoding.ASCII.GetString(request.ToArray());
            const string Name = "Sec-WebSocket-Key: ";
            var at = text.IndexOf(Name, StringComparison.OrdinalIgnoreCase) + Name.Length;
            var key = text.Substring(at, text.IndexOf('\r', at) - at);
            // RFC 6455, section 4.2.2.
            var accept = Convert.ToBase64String(
                SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
            await SendAsync(socket, Encoding.ASCII.GetBytes(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
                    $"Sec-WebSocket-Accept: {accept}\r\n" +
                    (subprotocol == null ? "" : $"Sec-WebSocket-Protocol: {subprotocol}\r\n") + "\r\n"));
        }

        private static async Task SendAsync(Socket socket, byte[] all)
        {
            for (var sent = 0; sent < all.Length;)
            {
                sent += await socket.SendAsync(all.AsMemory(sent), SocketFlags.None);
            }
        }
    }
}
