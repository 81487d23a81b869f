#nullable enable

using System;

namespace HeTu.Tests.Conformance
{
    /// <summary>Lower-case hex, as the vectors have it.</summary>
    internal static class Hex
    {
        public static byte[] ToBytes(string? hex) => Convert.FromHexString(hex ?? throw new FormatException("no hex"));

        public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
    }
}
