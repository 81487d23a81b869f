#nullable enable

using System;

namespace HeTu
{
    /// <summary>Handlers without arguments.</summary>
    internal sealed class Signal : HandlerList<Action>
    {
        /// <param name="report">Takes what a handler throws.</param>
        internal void Emit(Action<Exception> report)
        {
            var handlers = Handlers;
            for (var at = 0; at < handlers.Length; at++)
            {
                if (!IsStillThere(handlers, at)) continue;
                try
                {
                    handlers[at]();
                }
                catch (Exception thrown)
                {
                    report(thrown);
                }
            }
        }
    }
}
