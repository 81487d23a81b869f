#nullable enable

#if UNITY_WEBGL && !UNITY_EDITOR
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using AOT;

namespace HeTu
{
    /// <summary>
    /// The other side of <c>Plugins/WebGL/HeTuWebSocket.jslib</c>: it is called with the number of a connection, and
    /// IL2CPP lets only static methods be called.
    /// </summary>
    internal static class BrowserSockets
    {
        private static readonly Dictionary<int, BrowserSocket> Sockets = new Dictionary<int, BrowserSocket>();
        private static bool isReady;

        private delegate void OpenedCallback(int id, IntPtr subprotocol);

        private delegate void MessageCallback(int id, IntPtr bytes, int length);

        private delegate void TextCallback(int id);

        private delegate void ClosedCallback(int id, int code, IntPtr reason);

        private delegate void OnlineCallback();

        /// <returns><c>null</c>: the browser refuses even to try.</returns>
        internal static BrowserSocket? Open(string url, string? subprotocol, int maxMessage, ITransportEvents events)
        {
            if (!isReady)
            {
                HeTuSocketCallbacks(Opened, Message, Text, Closed, Online);
                isReady = true;
            }

            var id = HeTuSocketOpen(url, subprotocol ?? "");
            if (id == 0) return null;
            var socket = new BrowserSocket(id, maxMessage, events);
            // The browser calls back only when this code has returned to it.
            Sockets.Add(id, socket);
            return socket;
        }

        [DllImport("__Internal")]
        internal static extern void HeTuSocketSend(int id, byte[] message, int length);

        [DllImport("__Internal")]
        internal static extern void HeTuSocketClose(int id);

        [DllImport("__Internal")]
        internal static extern void HeTuSocketAbort(int id);

        [DllImport("__Internal")]
        private static extern int HeTuSocketOpen(string url, string subprotocol);

        [DllImport("__Internal")]
        private static extern void HeTuSocketCallbacks(
            OpenedCallback opened,
            MessageCallback message,
            TextCallback text,
            ClosedCallback closed,
            OnlineCallback online);

        [MonoPInvokeCallback(typeof(OpenedCallback))]
        private static void Opened(int id, IntPtr subprotocol)
        {
            if (Sockets.TryGetValue(id, out var socket)) socket.Opened(Marshal.PtrToStringUTF8(subprotocol) ?? "");
        }

        [MonoPInvokeCallback(typeof(MessageCallback))]
        private static void Message(int id, IntPtr bytes, int length)
        {
            if (Sockets.TryGetValue(id, out var socket)) socket.Message(bytes, length);
        }

        [MonoPInvokeCallback(typeof(TextCallback))]
        private static void Text(int id)
        {
            if (Sockets.TryGetValue(id, out var socket)) socket.Text();
        }

        [MonoPInvokeCallback(typeof(ClosedCallback))]
        private static void Closed(int id, int code, IntPtr reason)
        {
            if (Sockets.Remove(id, out var socket)) socket.Closed(code, Marshal.PtrToStringUTF8(reason) ?? "");
        }

        [MonoPInvokeCallback(typeof(OnlineCallback))]
        private static void Online() => UnityDriver.CheckConnections();
    }
}
#endif
