#nullable enable

#if !(UNITY_WEBGL && !UNITY_EDITOR)
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>
    /// One connection of <see cref="ClientWebSocket"/>: messages are put together in pooled buffers, and sent one after
    /// the other.
    /// </summary>
    internal sealed class PlatformSocket : ITransportSocket
    {
        private const int FirstBuffer = 4096;

        /// <summary>Milliseconds that the other side is given to close as well.</summary>
        private const int ClosingTime = 2_000;

        private readonly ClientWebSocket socket = new ClientWebSocket();
        private readonly CancellationTokenSource stop = new CancellationTokenSource();
        private readonly ITransportEvents events;
        private readonly int maxMessage;
        private readonly Queue<ArraySegment<byte>> outgoing = new Queue<ArraySegment<byte>>();
        private bool sending;
        private bool closing;

        internal PlatformSocket(
            Uri address,
            string? subprotocol,
            int maxMessage,
            ITransportEvents events,
            Action<ClientWebSocketOptions>? configure)
        {
            this.events = events;
            this.maxMessage = maxMessage;
            // The session watches over silence by itself.
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            if (subprotocol != null) socket.Options.AddSubProtocol(subprotocol);
            configure?.Invoke(socket.Options);
            _ = Task.Run(() => RunAsync(address));
        }

        public void Send(ReadOnlySpan<byte> message)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, message.Length));
            message.CopyTo(buffer);
            lock (outgoing)
            {
                outgoing.Enqueue(new ArraySegment<byte>(buffer, 0, message.Length));
                if (sending) return;
                sending = true;
            }

            _ = SendQueuedAsync();
        }

        public void Close()
        {
            lock (outgoing)
            {
                closing = true;
                if (sending) return;
                sending = true;
            }

            _ = SendQueuedAsync();
        }

        public void Abort() => stop.Cancel();

        private async Task RunAsync(Uri address)
        {
            ConnectionLostException reason;
            try
            {
                await socket.ConnectAsync(address, stop.Token).ConfigureAwait(false);
                events.Opened(socket.SubProtocol);
                reason = await ReceiveAsync().ConfigureAwait(false);
            }
            catch (Exception error)
            {
                reason = new ConnectionLostException(
                    $"the connection was closed with code 1006 ({Innermost(error).Message})",
                    1006,
                    error);
            }

            socket.Dispose();
            events.Closed(reason);
        }

        private async Task<ConnectionLostException> ReceiveAsync()
        {
            while (true)
            {
                var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
                var length = 0;
                ValueWebSocketReceiveResult result;
                do
                {
                    if (length == buffer.Length) buffer = Grow(buffer, length);
                    try
                    {
                        result = await socket.ReceiveAsync(buffer.AsMemory(length), stop.Token).ConfigureAwait(false);
                    }
                    catch
                    {
                        ArrayPool<byte>.Shared.Return(buffer);
                        throw;
                    }

                    length += result.Count;
                    if (length > maxMessage)
                    {
                        ArrayPool<byte>.Shared.Return(buffer);
                        return new ConnectionLostException(
                            $"the server sent a message of more than {maxMessage} bytes (HetuOptions.MaxMessage)");
                    }
                }
                while (!result.EndOfMessage);

                if (result.MessageType == WebSocketMessageType.Binary)
                {
                    // The receiver gives the buffer back.
                    var room = events.Message(buffer, length);
                    if (room != null) await room.ConfigureAwait(false);
                    continue;
                }

                ArrayPool<byte>.Shared.Return(buffer);
                if (result.MessageType == WebSocketMessageType.Close) return await AnswerCloseAsync().ConfigureAwait(false);
                events.Text();
            }
        }

        private async Task<ConnectionLostException> AnswerCloseAsync()
        {
            var code = (int)(socket.CloseStatus ?? WebSocketCloseStatus.Empty);
            var words = socket.CloseStatusDescription;
            try
            {
                using var timeout = new CancellationTokenSource(ClosingTime);
                if (socket.State == WebSocketState.CloseReceived)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token)
                        .ConfigureAwait(false);
                }
            }
            catch (Exception error) when (IsOfTheSocket(error))
            {
                // It is closed all the same.
            }

            return CloseReason.Of(code, words);
        }

        private async Task SendQueuedAsync()
        {
            try
            {
                while (TryTake(out var message))
                {
                    try
                    {
                        await socket.SendAsync(message, WebSocketMessageType.Binary, true, stop.Token).ConfigureAwait(false);
                    }
                    finally
                    {
                        ArrayPool<byte>.Shared.Return(message.Array!);
                    }
                }

                if (!closing) return;
                if (socket.State != WebSocketState.Open)
                {
                    stop.Cancel();
                    return;
                }

                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stop.Token).ConfigureAwait(false);
                stop.CancelAfter(ClosingTime);
            }
            catch (Exception)
            {
                // Whatever it is (platforms differ): nothing is sent any more. The receiving half tells of it.
                stop.Cancel();
            }
        }

        private bool TryTake(out ArraySegment<byte> message)
        {
            lock (outgoing)
            {
                if (outgoing.Count > 0)
                {
                    message = outgoing.Dequeue();
                    return true;
                }

                // Once closed, nobody sends any more.
                sending = closing;
                message = default;
                return false;
            }
        }

        private static bool IsOfTheSocket(Exception error) =>
            error is WebSocketException || error is OperationCanceledException || error is InvalidOperationException;

        private static byte[] Grow(byte[] buffer, int length)
        {
            var grown = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            Array.Copy(buffer, grown, length);
            ArrayPool<byte>.Shared.Return(buffer);
            return grown;
        }

        private static Exception Innermost(Exception error)
        {
            while (error.InnerException != null) error = error.InnerException;
            return error;
        }
    }
}
#endif
