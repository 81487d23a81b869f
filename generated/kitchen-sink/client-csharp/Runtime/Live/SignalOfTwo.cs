#nullable enable

using System;

namespace HeTu
{
    /// <summary>Handlers with two arguments.</summary>
    internal sealed class Signal<T1, T2> : HandlerList<Action<T1, T2>>
    {
        /// <param name="first">The first argument.</param>
        /// <param name="second">The second argument.</param>
        /// <param name="report">Takes what a handler throws.</param>
        internal void Emit(T1 first, T2 second, Action<Exception> report)
        {
            var handlers = Handlers;
            for (var at = 0; at < handlers.Length; at++)
            {
                if (!IsStillThere(handlers, at)) continue;
                try
                {
                    handlers[at](first, second);
                }
                catch (Exception thrown)
                {
                    report(thrown);
                }
            }
        }
    }
}
