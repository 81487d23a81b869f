#nullable enable

using System;

namespace HeTu
{
    /// <summary>Handlers with one argument.</summary>
    internal sealed class Signal<T> : HandlerList<Action<T>>
    {
        /// <param name="value">The argument.</param>
        /// <param name="report">Takes what a handler throws.</param>
        internal void Emit(T value, Action<Exception> report)
        {
            var handlers = Handlers;
            for (var at = 0; at < handlers.Length; at++)
            {
                if (!IsStillThere(handlers, at)) continue;
                try
                {
                    handlers[at](value);
                }
                catch (Exception thrown)
                {
                    report(thrown);
                }
            }
        }
    }
}
