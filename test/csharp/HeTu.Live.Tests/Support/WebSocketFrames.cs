#nullable enable

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace HeTu.LiveTests.Support
{
    /// <summary>Finds the binary messages in what a server sends over one connection (RFC 6455, section 5.2).</summary>
    internal sealed class WebSocketFrames
    {
        internal delegate void Taker(ReadOnlySpan<byte> message);

        private readonly Taker take;
        private readonly List<byte> waiting = new List<byte>();
        private bool isUpgraded;

        /// <param name="take">Given each message.</param>
        internal WebSocketFrames(Taker take)
        {
            this.take = take;
        }

        internal void Take(ReadOnlySpan<byte> bytes)
        {
            foreach (var value in bytes) waiting.Add(value);
            var all = CollectionsMarshal.AsSpan(waiting);
            var at = 0;
            if (!isUpgraded)
            {
                var end = all.IndexOf(new byte[] { 13, 10, 13, 10 });
                if (end < 0) return;
                isUpgraded = true;
                at = end + 4;
            }

            while (TryRead(all.Slice(at), out var isBinary, out var head, out var length))
            {
                if (isBinary) take(all.Slice(at + head, length));
                at += head + length;
            }

            waiting.RemoveRange(0, at);
        }

        /// <summary>Servers do not mask, and this one does not fragment.</summary>
        private static bool TryRead(ReadOnlySpan<byte> bytes, out bool isBinary, out int head, out int length)
        {
            isBinary = false;
            head = length = 0;
            if (bytes.Length < 2) return false;
            isBinary = (bytes[0] & 0x0f) == 2;
            length = bytes[1] & 0x7f;
            head = length == 126 ? 4 : length == 127 ? 10 : 2;
            if (bytes.Length < head) return false;
            if (head == 4) length = BinaryPrimitives.ReadUInt16BigEndian(bytes.Slice(2));
            if (head == 10) length = checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes.Slice(2)));
            return bytes.Length >= head + length;
        }
    }
}
