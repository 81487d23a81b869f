#nullable enable

using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HeTu
{
    /// <summary>
    /// Makes the ids of <c>@once</c> calls: the server's time, which it uses to forget old ids, and 16 random bytes. The
    /// time comes once a connection and is counted on from there.
    /// </summary>
    internal sealed class OnceIds
    {
        /// <summary>8 bytes big-endian time in milliseconds, 16 random bytes.</summary>
        internal const int Length = 24;

        private readonly Loop loop;
        private double offset;

        internal OnceIds(Loop loop)
        {
            this.loop = loop;
            // Until the server has told its own: over hetu.1 it is only asked where the schema has such systems.
            Learn(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        }

        /// <summary>The server has told its time.</summary>
        /// <param name="time">Milliseconds since 1970 UTC.</param>
        internal void Learn(long time) => offset = time - loop.Now.TotalMilliseconds;

        internal byte[] Next()
        {
            var id = new byte[Length];
            var time = Math.Max(0, Math.Round(loop.Now.TotalMilliseconds + offset));
            BinaryPrimitives.WriteUInt64BigEndian(id, (ulong)time);
            RandomNumberGenerator.Fill(id.AsSpan(8));
            return id;
        }
    }
}
