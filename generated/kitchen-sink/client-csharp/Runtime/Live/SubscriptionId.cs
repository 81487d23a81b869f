#nullable enable

using System;

namespace HeTu
{
    /// <summary>What a server calls a subscription: a text over hetu.1, a number over hetu.2.</summary>
    internal sealed class SubscriptionId
    {
        internal SubscriptionId(byte[] utf8)
        {
            Utf8 = utf8;
        }

        internal SubscriptionId(long number)
        {
            Number = number;
        }

        /// <summary><c>null</c> over hetu.2.</summary>
        internal byte[]? Utf8 { get; }

        internal long Number { get; }

        internal bool IsSame(SubscriptionId other) =>
            Utf8 == null
                ? other.Utf8 == null && Number == other.Number
                : other.Utf8 != null && Utf8.AsSpan().SequenceEqual(other.Utf8);
    }
}
