#nullable enable

using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HeTu
{
    /// <summary>Random numbers for the spread of reconnects; from any thread.</summary>
    internal static class RandomNumber
    {
        /// <returns>From 0 to 1, 1 excluded.</returns>
        internal static double Next()
        {
            Span<byte> bytes = stackalloc byte[4];
            RandomNumberGenerator.Fill(bytes);
            return BinaryPrimitives.ReadUInt32BigEndian(bytes) / 4294967296.0;
        }
    }
}
