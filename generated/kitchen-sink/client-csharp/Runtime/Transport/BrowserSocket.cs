#nullable enable

#if UNITY_WEBGL && !UNITY_EDITOR
using System;
using System.Buffers;
using System.Runtime.InteropServices;

namespace HeTu
{
    /// <summary>One connection of the browser. All of it happens on the only thread that there is.</summary>
    internal sealed class BrowserSocket : ITransportSocket
    {
        private readonly int id;
        private readonly int maxMessage;
        private readonly ITransportEvents events;

        internal BrowserSocket(int id, int maxMessage, ITransportEvents events)
        {
            this.id = id;
            this.maxMessage = maxMessage;
            this.events = events;
        }

        public void Send(ReadOnlySpan<byte> message)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, message.Length));
            message.CopyTo(buffer);
            BrowserSockets.HeTuSocketSend(id, buffer, message.Length);
            ArrayPool<byte>.Shared.Return(buffer);
        }

        public void Close() => BrowserSockets.HeTuSocketClose(id);

        public void Abort() => BrowserSockets.HeTuSocketAbort(id);

        internal void Opened(string subprotocol) => events.Opened(subprotocol);

        internal void Message(IntPtr bytes, int length)
        {
            if (length > maxMessage)
            {
                BrowserSockets.HeTuSocketClose(id);
                return;
            }

            var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
            Marshal.Copy(bytes, buffer, 0, length);
            // A browser cannot be made to wait.
            events.Message(buffer, length);
        }

        internal void Text() => events.Text();

        internal void Closed(int code, string reason) => events.Closed(CloseReason.Of(code, reason));
    }
}
#endif
