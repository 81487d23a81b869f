#nullable enable

using System;
using System.Threading;

namespace HeTu
{
    /// <summary>Runs in a synchronization context, such as that of a window.</summary>
    internal sealed class ContextLoop : Loop
    {
        private readonly SynchronizationContext context;
        private readonly SendOrPostCallback drain;

        internal ContextLoop(SynchronizationContext context, IClock clock)
            : base(clock)
        {
            this.context = context;
            drain = _ => Drain();
        }

        private protected override bool MayEnter => SynchronizationContext.Current == context;

        private protected override void Wake()
        {
            try
            {
                context.Post(drain, null);
            }
            catch (Exception)
            {
                // The context has ended, such as that of a window that is gone. What is left, above all the end of what
                // waits for this client, must happen somewhere; here may be a timer's thread, or the finalizer's.
                ThreadPool.UnsafeQueueUserWorkItem(_ => Drain(), null);
            }
        }
    }
}
