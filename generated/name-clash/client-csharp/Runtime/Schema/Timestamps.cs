#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// Turns timestamps of a schema, which are milliseconds since 1970 UTC, into times of .NET and back. A schema's reach
    /// further: to <see cref="Checks.MaxTimestamp"/> on either side, beyond the years 1 to 9999.
    /// </summary>
    public static class Timestamps
    {
        /// <summary>The time in UTC.</summary>
        /// <param name="timestamp">Milliseconds since 1970 UTC.</param>
        /// <exception cref="ArgumentOutOfRangeException">It is outside of the years 1 to 9999.</exception>
        public static DateTimeOffset ToDateTimeOffset(long timestamp) =>
            DateTimeOffset.FromUnixTimeMilliseconds(timestamp);

        /// <summary>Milliseconds since 1970 UTC; what is less than a millisecond is cut off.</summary>
        /// <param name="time">With any offset.</param>
        public static long FromDateTimeOffset(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
    }
}
