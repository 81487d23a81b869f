#nullable enable

using System;

namespace HeTu
{
    /// <summary>Calls the handlers of an event so that one that throws disturbs no other.</summary>
    internal static class Handlers
    {
        internal static void Invoke(Action? handlers, Action<Exception> report)
        {
            if (handlers == null) return;
            foreach (var handler in handlers.GetInvocationList())
            {
                try
                {
                    ((Action)handler)();
                }
                catch (Exception error)
                {
                    report(error);
                }
            }
        }

        internal static void Invoke<T>(Action<T>? handlers, T value, Action<Exception> report)
        {
            if (handlers == null) return;
            foreach (var handler in handlers.GetInvocationList())
            {
                try
                {
                    ((Action<T>)handler)(value);
                }
                catch (Exception error)
                {
                    report(error);
                }
            }
        }
    }
}
