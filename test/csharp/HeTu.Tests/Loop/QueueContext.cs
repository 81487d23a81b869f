#nullable enable

using System;
using System.Collections.Generic;
using System.Threading;

namespace HeTu.Tests.Loop
{
    /// <summary>A synchronization context that the test runs.</summary>
    internal sealed class QueueContext : SynchronizationContext
    {
        private readonly Queue<Action> posted = new Queue<Action>();

        public override void Post(SendOrPostCallback callback, object? state) => posted.Enqueue(() => callback(state));

        internal void RunAll()
        {
            while (posted.Count > 0) Within(posted.Dequeue());
        }

        /// <summary>Runs the action as if it were posted.</summary>
        internal void Within(Action action)
        {
            var outer = Current;
            SetSynchronizationContext(this);
            action();
            SetSynchronizationContext(outer);
        }
    }
}
