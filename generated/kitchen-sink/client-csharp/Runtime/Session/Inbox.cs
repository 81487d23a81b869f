#nullable enable

using System.Buffers;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>
    /// Messages between the transport, which may be on any thread, and the loop. When too much waits, the transport is
    /// told to wait, so that a slow client slows its server down instead of filling its memory.
    /// </summary>
    internal sealed class Inbox
    {
        /// <summary>Above this the transport waits, until half of it is read.</summary>
        private const int HighWater = 8 * 1024 * 1024;

        private readonly Queue<(byte[] Buffer, int Length)> messages = new Queue<(byte[], int)>();
        private long waiting;
        private bool closed;
        private TaskCompletionSource<bool>? room;

        /// <returns><c>null</c>, or what the transport waits for.</returns>
        internal Task? Put(byte[] buffer, int length)
        {
            lock (messages)
            {
                if (closed)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return null;
                }

                messages.Enqueue((buffer, length));
                waiting += length;
                if (waiting <= HighWater) return null;
                room ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                return room.Task;
            }
        }

        /// <param name="message">To be given back to the pool.</param>
        /// <returns>Whether there was one.</returns>
        internal bool TryTake(out (byte[] Buffer, int Length) message)
        {
            lock (messages)
            {
                if (messages.Count == 0)
                {
                    message = default;
                    return false;
                }

                message = messages.Dequeue();
                waiting -= message.Length;
                if (room != null && waiting <= HighWater / 2)
                {
                    room.TrySetResult(true);
                    room = null;
                }

                return true;
            }
        }

        /// <summary>Nothing more will be read.</summary>
        internal void Close()
        {
            lock (messages)
            {
                closed = true;
                foreach (var message in messages) ArrayPool<byte>.Shared.Return(message.Buffer);
                messages.Clear();
                waiting = 0;
                room?.TrySetResult(true);
                room = null;
            }
        }
    }
}
