#nullable enable

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>
    /// Runs what a client does, one thing at a time and in order. What comes from elsewhere is posted; each kind of loop
    /// decides when and where <see cref="Drain"/> is called.
    /// </summary>
    internal abstract class Loop
    {
        [ThreadStatic]
        private static Loop? current;

        /// <summary>Made once: C# 9 makes a delegate each time that a method is named as one.</summary>
        private static readonly Action Nothing = () => { };

        private readonly IClock clock;
        private readonly object gate = new object();
        private readonly Queue<Action> posted = new Queue<Action>();

        /// <summary>Whether a drain is under way or will be: what is posted meanwhile is taken by it.</summary>
        private bool isAwake;

        /// <summary>A drain came while this thread was inside of an action: what was posted waits for its end.</summary>
        private bool wasSkipped;
        private volatile bool isOver;

        private protected Loop(IClock clock)
        {
            this.clock = clock;
        }

        /// <summary>Takes what a posted action throws: nothing that belongs here does.</summary>
        internal Action<Exception> OnError { get; set; } = error => throw error;

        /// <summary>Whether this code runs on the loop.</summary>
        internal bool IsCurrent => current == this;

        /// <summary>Only differences mean something.</summary>
        internal TimeSpan Now => clock.Now;

        /// <summary>
        /// How tasks that this client completes run what awaits them without a context of its own: where there may be no
        /// thread pool, on the loop.
        /// </summary>
        internal virtual TaskCreationOptions Continuations => TaskCreationOptions.RunContinuationsAsynchronously;

        /// <summary>Whether a caller outside of the loop may become the loop for the time of its call.</summary>
        private protected abstract bool MayEnter { get; }

        /// <summary>Runs the action on the loop later, in the order in which it was posted.</summary>
        internal void Post(Action action)
        {
            lock (posted)
            {
                posted.Enqueue(action);
                if (isAwake) return;
                isAwake = true;
            }

            Wake();
        }

        /// <summary>Runs the action at once when that is possible, else posts it.</summary>
        internal void Run(Action action)
        {
            if (IsCurrent)
            {
                action();
                return;
            }

            if (!MayEnter || !Monitor.TryEnter(gate))
            {
                Post(action);
                return;
            }

            try
            {
                // What was posted before comes first.
                if (HasPosted) Post(action);
                else RunCurrent(action);
                if (wasSkipped)
                {
                    wasSkipped = false;
                    Wake();
                }

                if (isOver) Drain();
            }
            finally
            {
                Monitor.Exit(gate);
            }
        }

        /// <summary>
        /// The client has closed. Where nobody may wake the loop any more, what was posted is run at the end of each
        /// <see cref="Run"/>: whoever waits for the client learns that it has closed.
        /// </summary>
        internal void Finish() => isOver = true;

        /// <summary>Sets a timer.</summary>
        /// <param name="delay">From now.</param>
        /// <param name="run">Called once, on the loop.</param>
        /// <returns>Disposed on the loop, it does not run any more.</returns>
        internal LoopTimer SetTimer(TimeSpan delay, Action run)
        {
            var timer = new LoopTimer(this, run);
            timer.Start(StartTimer(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, timer));
            return timer;
        }

        /// <summary>Sees to it that <see cref="Drain"/> is called soon.</summary>
        private protected abstract void Wake();

        /// <summary>Sees to it that the timer fires.</summary>
        private protected virtual IDisposable StartTimer(TimeSpan delay, LoopTimer timer) =>
            clock.SetTimer(delay, timer.Fire);

        /// <summary>
        /// Completes a task of a caller. Where its continuations would run right here, they wait until what is being done
        /// is done.
        /// </summary>
        internal void Settle(Action complete)
        {
            if (Continuations == TaskCreationOptions.None) Post(complete);
            else complete();
        }

        /// <summary>Runs what was posted, also what is posted meanwhile.</summary>
        private protected void Drain()
        {
            // A handler that ticks, or that shows a dialog with a message loop: what is posted waits until it has returned.
            if (IsCurrent)
            {
                wasSkipped = true;
                return;
            }

            lock (gate)
            {
                while (TryTake(out var action)) RunCurrent(action);
            }
        }

        private bool HasPosted
        {
            get
            {
                lock (posted) return posted.Count > 0;
            }
        }

        private bool TryTake(out Action action)
        {
            lock (posted)
            {
                if (posted.Count > 0)
                {
                    action = posted.Dequeue();
                    return true;
                }

                isAwake = false;
            }

            action = Nothing;
            return false;
        }

        private void RunCurrent(Action action)
        {
            var outer = current;
            current = this;
            try
            {
                action();
            }
            catch (Exception error)
            {
                OnError(error);
            }
            finally
            {
                current = outer;
            }
        }
    }
}
