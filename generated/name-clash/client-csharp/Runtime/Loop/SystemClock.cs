#nullable enable

using System;
using System.Diagnostics;
using System.Threading;

namespace HeTu
{
    /// <summary>The time of the machine, with timers of the thread pool.</summary>
    internal sealed class SystemClock : IClock
    {
        /// <summary>The longest that the platform's timer takes, and long enough for everybody.</summary>
        private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

        internal static readonly SystemClock Instance = new SystemClock();

        public TimeSpan Now => TimeSpan.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);

        public IDisposable SetTimer(TimeSpan delay, Action run)
        {
            // A timer outlives the code that sets it: it is not to see that code's async-local values, nor to keep them.
            if (ExecutionContext.IsFlowSuppressed()) return Start(delay, run);
            using (ExecutionContext.SuppressFlow()) return Start(delay, run);
        }

        private static Timer Start(TimeSpan delay, Action run) => new Timer(
            state => ((Action)state!)(),
            run,
            delay < Longest ? delay : Longest,
            Timeout.InfiniteTimeSpan);
    }
}
