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
        private readonly bool ownsTimers;
        private readonly List<Due> timers = new List<Due>();
        private readonly List<Due> due = new List<Due>();
        private int thread;

        /// <param name="clock">Of the client.</param>
        /// <param name="ownsTimers">Whether timers wait for a tick; else they are those of the clock.</param>
        internal PumpLoop(IClock clock, bool ownsTimers)
            : base(clock)
        {
            this.ownsTimers = ownsTimers;
        }

        internal override TaskCreationOptions Continuations => TaskCreationOptions.None;

        /// <summary>The thread that ticks may act at once between its ticks.</summary>
        private protected override bool MayEnter => Thread.CurrentThread.ManagedThreadId == Volatile.Read(ref thread);

        /// <summary>Runs what was posted and the timers whose time has come.</summary>
        internal void Tick()
        {
            Volatile.Write(ref thread, Thread.CurrentThread.ManagedThreadId);
            Drain();
            if (!ownsTimers) return;
            lock (timers)
            {
                var now = Now;
                foreach (var timer in timers)
                {
                    if (timer.At <= now) due.Add(timer);
                }

                timers.RemoveAll(timer => timer.At <= now);
            }

            if (due.Count == 0) return;
            due.Sort((a, b) => a.At.CompareTo(b.At));
            foreach (var timer in due) timer.Fire();
            due.Clear();
            Drain();
        }

        private protected override void Wake()
        {
            // The next tick drains.
        }

        private protected override IDisposable StartTimer(TimeSpan delay, LoopTimer timer)
        {
            if (!ownsTimers) return base.StartTimer(delay, timer);
            var entry = new Due(this, Now + delay, timer);
            lock (timers) timers.Add(entry);
            return entry;
        }

        private void Remove(Due entry)
        {
            lock (timers) timers.Remove(entry);
        }

        private sealed class Due : IDisposable
        {
            private readonly PumpLoop loop;
            private readonly LoopTimer timer;

            internal Due(PumpLoop loop, TimeSpan at, LoopTimer timer)
            {
                this.loop = loop;
                At = at;
                this.timer = timer;
            }

            internal TimeSpan At { get; }

            internal void Fire() => timer.Fire();

            public void Dispose() => loop.Remove(this);
        }
    }
}
