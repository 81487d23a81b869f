#nullable enable

using System;
using System.Threading;

namespace HeTu
{
    /// <summary>Runs on threads of the pool, one at a time.</summary>
    internal sealed class ThreadPoolLoop : Loop
    {
        private readonly WaitCallback drain;

        internal ThreadPoolLoop(IClock clock)
            : base(clock)
        {
            drain = _ => Drain();
        }

        private protected override bool MayEnter => false;

        /// <remarks>Unsafe: handlers are not to see the async-local values of whoever happened to post first.</remarks>
        private protected override void Wake() => ThreadPool.UnsafeQueueUserWorkItem(drain, null);
    }
}
