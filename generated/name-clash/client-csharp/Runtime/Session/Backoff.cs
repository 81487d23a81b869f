#nullable enable

using System;

namespace HeTu
{
    /// <summary>How long to wait before connecting again.</summary>
    internal static class Backoff
    {
        /// <summary>
        /// Exponential backoff with full jitter: a uniformly random part of a bound that doubles with each attempt, so that
        /// clients that were cut off together do not come back together. (M. Brooker, "Exponential Backoff And Jitter", 2015.)
        /// </summary>
        /// <param name="attempt">0 for the first wait after a connection that worked.</param>
        /// <param name="settings">Have the bounds.</param>
        /// <returns>Whole milliseconds.</returns>
        internal static TimeSpan Delay(int attempt, Settings settings)
        {
            var doubled = settings.BaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30));
            var bound = Math.Min(settings.MaxDelay.TotalMilliseconds, doubled);
            return TimeSpan.FromMilliseconds(Math.Floor(settings.Random() * bound));
        }
    }
}
