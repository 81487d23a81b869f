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

        private protected override void Wake() => ThreadPool.QueueUserWorkItem(drain);
    }
}
