#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;

namespace HeTu.Tests.Live
{
    /// <summary>Time that passes when a test says so.</summary>
    internal sealed class SteppedClock : IClock
    {
        private readonly List<Timer> timers = new List<Timer>();

        public TimeSpan Now { get; private set; }

        internal IEnumerable<TimeSpan> Waiting => timers.Select(timer => timer.At - Now);

        public IDisposable SetTimer(TimeSpan delay, Action run)
        {
            var timer = new Timer(this, Now + delay, run);
            timers.Add(timer);
            return timer;
        }

        internal void Advance(TimeSpan time)
        {
            Now += time;
            foreach (var timer in timers.Where(timer => timer.At <= Now).ToArray())
            {
                timers.Remove(timer);
                timer.Run();
            }
        }

        private sealed class Timer : IDisposable
        {
            private readonly SteppedClock clock;

            internal Timer(SteppedClock clock, TimeSpan at, Action run)
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
