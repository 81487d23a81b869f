#nullable enable

using System;
using System.Threading;

namespace HeTu
{
    /// <summary>Chooses the loop of a client.</summary>
    internal static class Loops
    {
        /// <exception cref="InvalidOperationException">When the thread has no synchronization context and one is demanded.</exception>
        internal static Loop Choose(HetuOptions options)
        {
            var clock = options.Clock ?? SystemClock.Instance;
            switch (options.Loop)
            {
                case HetuLoop.Pump:
                    return Pump(options);
                case HetuLoop.ThreadPool:
                    return new ThreadPoolLoop(clock);
                case HetuLoop.SynchronizationContext:
                    return new ContextLoop(
                        SynchronizationContext.Current ?? throw new InvalidOperationException(
                            "HetuOptions.Loop is SynchronizationContext, but the thread that makes the client has none: " +
                                "make it on the thread of the user interface, or choose another loop"),
                        clock);
                default:
#if UNITY_5_3_OR_NEWER
                    return Pump(options);
#else
                    return SynchronizationContext.Current == null
                        ? (Loop)new ThreadPoolLoop(clock)
                        : new ContextLoop(SynchronizationContext.Current, clock);
#endif
            }
        }

        private static PumpLoop Pump(HetuOptions options) =>
            new PumpLoop(options.Clock ?? SystemClock.Instance, options.Clock == null);
    }
}
