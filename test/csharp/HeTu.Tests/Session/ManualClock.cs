#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;

namespace HeTu.Tests.Session
{
    /// <summary>A clock that stands still until it is told otherwise.</summary>
    internal sealed class ManualClock : IClock
    {
        private readonly List<Timer> timers = new List<Timer>();

        public TimeSpan Now { get; private set; }

        /// <summary>Milliseconds until each timer that is set.</summary>
        internal IReadOnlyList<double> Pending =>
            timers.Select(timer => (timer.At - Now).TotalMilliseconds).OrderBy(left => left).ToList();

        public IDisposable SetTimer(TimeSpan delay, Action run)
        {
            var timer = new Timer(this, Now + delay, run);
            timers.Add(timer);
            return timer;
        }

        /// <summary>Lets time pass, running timers in their order.</summary>
        internal void Advance(double milliseconds)
        {
            var end = Now + TimeSpan.FromMilliseconds(milliseconds);
            while (true)
            {
                var next = timers.Where(timer => timer.At <= end).OrderBy(timer => timer.At).FirstOrDefault();
                if (next == null) break;
                timers.Remove(next);
                if (next.At > Now) Now = next.At;
                next.Run();
            }

            Now = end;
        }

        private sealed class Timer : IDisposable
        {
            private readonly ManualClock clock;

            internal Timer(ManualClock clock, TimeSpan at, Action run)
            {
                this.clock = clock;
                At = at;
                Run = run;
            }

            internal TimeSpan At { get; }

            internal Action Run { get; }

            public void Dispose() => clock.timers.Remove(this);
        }
    }
}
