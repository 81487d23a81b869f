#nullable enable

using System;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Transport
{
    public class WebSocketTransportTests
    {
        [Theory]
        [InlineData("hetu.2", "hetu.2")]
        [InlineData(null, "")]
        public async Task It_opens_whether_the_server_selects_the_offered_subprotocol_or_not(string? selected, string told)
        {
            using var server = new LocalServer();
            var events = new RecordedEvents();
            var socket = WebSocketTransport.Instance.Open(server.Url, "hetu.2", 1_000, events);
            using var accepted = await server.AcceptAsync(selected);
            Assert.Equal(told, await events.NextAsync());
            socket.Abort();
        }

        [Fact]
        public async Task Messages_in_many_fragments_and_of_many_sizes_arrive_whole_and_in_order()
        {
            using var server = new LocalServer();
            var events = new RecordedEvents();
            var socket = WebSocketTransport.Instance.Open(server.Url, null, 1_000_000, events);
            using var accepted = await server.AcceptAsync(null);
            await events.NextAsync();
            foreach (var size in new[] { 0, 1, 4_095, 4_096, 4_097, 300_000 })
            {
                var message = Enumerable.Range(0, size).Select(at => (byte)at).ToArray();
                var third = size / 3;
                await Send(accepted, message.AsMemory(0, third), false);
                await Send(accepted, message.AsMemory(third, third), false);
                await Send(accepted, message.AsMemory(third * 2), true);
                Assert.Equal(message, Assert.IsType<byte[]>(await events.NextAsync()));
            }

            socket.Abort();
        }

        [Fact]
        public async Task What_was_sent_arrives_in_order_and_before_the_close()
        {
            using var server = new LocalServer();
            var events = new RecordedEvents();
            var socket = WebSocketTransport.Instance.Open(server.Url, null, 1_000, events);
            using var accepted = await server.AcceptAsync(null);
            await events.NextAsync();
            var buffer = new byte[2];
            for (var number = 0; number < 200; number++)
            {
                buffer[0] = (byte)number;
                socket.Send(buffer);
            }

            socket.Close();
            var received = new byte[16];
            for (var number = 0; number < 200; number++)
            {
                var result = await accepted.ReceiveAsync(new ArraySegment<byte>(received), CancellationToken.None);
                Assert.Equal((2, (byte)number), (result.Count, received[0]));
            }

            var end = await accepted.ReceiveAsync(new ArraySegment<byte>(received), CancellationToken.None);
            Assert.Equal(WebSocketCloseStatus.NormalClosure, end.CloseStatus);
            await accepted.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            Assert.Equal(1000, Assert.IsType<ConnectionLostException>(await events.NextAsync()).CloseCode);
        }

        [Fact]
        public async Task A_message_that_is_too_long_ends_the_connection()
        {
            using var server = new LocalServer();
            var events = new RecordedEvents();
            WebSocketTransport.Instance.Open(server.Url, null, 1_000, events);
            using var accepted = await server.AcceptAsync(null);
            await events.NextAsync();
            await Send(accepted, new byte[600], false);
            await Send(accepted, new byte[600], true);
            var lost = Assert.IsType<ConnectionLostException>(await events.NextAsync());
            Assert.Contains("more than 1000 bytes (HetuOptions.MaxMessage)", lost.Message, StringComparison.Ordinal);
        }

        [Fact]
        public async Task The_code_and_the_words_of_the_server_that_closes_are_told()
        {
            using var server = new LocalServer();
            var events = new RecordedEvents();
            WebSocketTransport.Instance.Open(server.Url, null, 1_000, events);
            using var accepted = await server.AcceptAsync(null);
            await events.NextAsync();
            await accepted.CloseOutputAsync((WebSocketCloseStatus)4001, "elsewhere", CancellationToken.None);
            var lost = Assert.IsType<ConnectionLostException>(await events.NextAsync());
            Assert.Equal(4001, lost.CloseCode);
            Assert.Equal("the connection was closed with code 4001 (elsewhere)", lost.Message);
        }

        [Fact]
        public async Task A_text_is_a_sign_of_life()
        {
            using var server = new LocalServer();
            var events = new RecordedEvents();
            var socket = WebSocketTransport.Instance.Open(server.Url, null, 1_000, events);
            using var accepted = await server.AcceptAsync(null);
            await events.NextAsync();
            await accepted.SendAsync(
                Encoding.UTF8.GetBytes("welcome"),
                WebSocketMessageType.Text,
                true,
                CancellationToken.None);
            Assert.Null(await events.NextAsync());
            socket.Abort();
        }

        [Fact]
        public async Task It_receives_nothing_more_while_the_client_has_not_caught_up()
        {
            using var server = new LocalServer();
            var room = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            var events = new RecordedEvents { Room = room.Task };
            var socket = WebSocketTransport.Instance.Open(server.Url, null, 1_000, events);
            using var accepted = await server.AcceptAsync(null);
            await events.NextAsync();
            await Send(accepted, new byte[] { 1 }, true);
            await events.NextAsync();
            await Send(accepted, new byte[] { 2 }, true);
            Assert.False(events.HasMore);
            events.Room = null;
            room.SetResult(true);
            Assert.Equal(new byte[] { 2 }, Assert.IsType<byte[]>(await events.NextAsync()));
            socket.Abort();
        }

        [Fact]
        public async Task Where_nobody_listens_or_the_upgrade_is_refused_it_is_closed_without_being_opened()
        {
            var nobody = new RecordedEvents();
            WebSocketTransport.Instance.Open(LocalServer.DeadUrl, null, 1_000, nobody);
            Assert.Equal(1006, Assert.IsType<ConnectionLostException>(await nobody.NextAsync()).CloseCode);
            using var server = new LocalServer();
            var refused = new RecordedEvents();
            WebSocketTransport.Instance.Open(server.Url, null, 1_000, refused);
            await server.RefuseAsync(503);
            var lost = Assert.IsType<ConnectionLostException>(await refused.NextAsync());
            Assert.Contains("503", lost.Message, StringComparison.Ordinal);
        }

        [Theory]
        [InlineData(true)]
        [InlineData(false)]
        public async Task One_that_is_ended_while_it_dials_is_closed(bool abort)
        {
            using var server = new LocalServer();
            var events = new RecordedEvents();
            var socket = WebSocketTransport.Instance.Open(server.Url, null, 1_000, events);
            if (abort) socket.Abort();
            else socket.Close();
            Assert.IsType<ConnectionLostException>(await events.NextAsync());
        }

        [Theory]
        [InlineData("nowhere")]
        [InlineData("http://127.0.0.1/")]
        public void A_url_that_can_never_work_is_refused_at_once(string url)
        {
            var refused = Assert.Throws<ArgumentException>(
                () => WebSocketTransport.Instance.Open(url, null, 1_000, new RecordedEvents()));
            Assert.Contains(url, refused.Message, StringComparison.Ordinal);
        }

        private static async Task Send(WebSocket socket, ReadOnlyMemory<byte> part, bool isEnd) =>
            await socket.SendAsync(part, WebSocketMessageType.Binary, isEnd, CancellationToken.None);
    }
}
