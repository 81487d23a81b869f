#nullable enable

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>
    /// Runs when <see cref="Tick"/> is called, timers too: Unity's main thread, or the loop of a game. It needs neither
    /// threads nor timers of the platform, which WebGL does not have.
    /// </summary>
    internal sealed class PumpLoop : Loop
    {
        private static readonly Comparison<Due> ByTime = (a, b) =>
            a.At != b.At ? a.At.CompareTo(b.At) : a.Number.CompareTo(b.Number);

        private readonly bool ownsTimers;
        private readonly List<Due> timers = new List<Due>();
        private readonly List<Due> due = new List<Due>();
        private int thread;
        private long timersSet;

        /// <param name="clock">Of the client.</param>
        /// <param name="ownsTimers">Whether timers wait for a tick; else they are those of the clock.</param>
        internal PumpLoop(IClock clock, bool ownsTimers)
            : base(clock)
        {
            this.ownsTimers = ownsTimers;
        }

        /// <summary>Called, on any thread, when there is something for the next tick to do again; Unity's driver listens.</summary>
        internal Action? Woken { get; set; }

        internal override TaskCreationOptions Continuations => TaskCreationOptions.None;

        /// <summary>The thread that ticks may act at once between its ticks.</summary>
        private protected override bool MayEnter => Thread.CurrentThread.ManagedThreadId == Volatile.Read(ref thread);

        /// <summary>Runs what was posted and the timers whose time has come.</summary>
        internal void Tick()
        {
            // A handler that ticks: what waits is done when it has returned.
            if (IsCurrent) return;
            Volatile.Write(ref thread, Thread.CurrentThread.ManagedThreadId);
            Drain();
            if (!ownsTimers) return;
            TakeDue();
            if (due.Count == 0) return;
            foreach (var timer in due) timer.Fire();
            due.Clear();
            Drain();
        }

        /// <summary>Moves the timers whose time has come, in the order of their time. A frame without any allocates nothing.</summary>
        private void TakeDue()
        {
            lock (timers)
            {
                if (timers.Count == 0) return;
                var now = Now;
                for (var at = timers.Count - 1; at >= 0; at--)
                {
                    if (timers[at].At > now) continue;
                    due.Add(timers[at]);
                    timers.RemoveAt(at);
                }
            }

            if (due.Count > 1) due.Sort(ByTime);
        }

        /// <remarks>The next tick drains.</remarks>
        private protected override void Wake() => Woken?.Invoke();

        private protected override IDisposable StartTimer(TimeSpan delay, LoopTimer timer)
        {
            if (!ownsTimers) return base.StartTimer(delay, timer);
            lock (timers)
            {
                var entry = new Due(this, Now + delay, ++timersSet, timer);
                timers.Add(entry);
                return entry;
            }
        }

        private void Remove(Due entry)
        {
            lock (timers) timers.Remove(entry);
        }

        private sealed class Due : IDisposable
        {
            private readonly PumpLoop loop;
            private readonly LoopTimer timer;

            internal Due(PumpLoop loop, TimeSpan at, long number, LoopTimer timer)
            {
                this.loop = loop;
                At = at;
                Number = number;
                this.timer = timer;
            }

            internal TimeSpan At { get; }

            /// <summary>Of two timers for the same time, the one that was set first runs first.</summary>
            internal long Number { get; }

            internal void Fire() => timer.Fire();

            public void Dispose() => loop.Remove(this);
        }
    }
}
