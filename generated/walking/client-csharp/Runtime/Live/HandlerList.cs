#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// Handlers of one kind of notification, added and removed from any thread. Unlike with a delegate of .NET, calling
    /// them makes no garbage, one that throws does not keep the others from running, and one that was removed meanwhile
    /// does not run any more.
    /// </summary>
    internal abstract class HandlerList<THandler>
        where THandler : Delegate
    {
        private readonly object gate = new object();
        private volatile THandler[] handlers = Array.Empty<THandler>();

        internal int Count => handlers.Length;

        /// <summary>Never changed: adding and removing put another array in its place.</summary>
        protected THandler[] Handlers => handlers;

        internal void Add(THandler? handler)
        {
            if (handler == null) return;
            lock (gate)
            {
                var more = new THandler[handlers.Length + 1];
                handlers.CopyTo(more, 0);
                more[handlers.Length] = handler;
                handlers = more;
            }
        }

        /// <summary>Removes the one that was added last, when the same was added several times.</summary>
        internal void Remove(THandler? handler)
        {
            lock (gate)
            {
                var at = Array.LastIndexOf(handlers, handler);
                if (at < 0) return;
                var less = new THandler[handlers.Length - 1];
                Array.Copy(handlers, 0, less, 0, at);
                Array.Copy(handlers, at + 1, less, at, less.Length - at);
                handlers = less;
            }
        }

        internal void Clear()
        {
            lock (gate) handlers = Array.Empty<THandler>();
        }

        /// <summary>Whether one of an earlier array of handlers is still to run.</summary>
        protected bool IsStillThere(THandler[] earlier, int at)
        {
            var current = handlers;
            return ReferenceEquals(current, earlier) || Array.IndexOf(current, earlier[at]) >= 0;
        }
    }
}
