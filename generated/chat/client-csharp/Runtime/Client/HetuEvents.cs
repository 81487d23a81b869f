#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// What the server sends by itself. Handlers are called on the client's loop, after the row updates of the same
    /// transaction. Events that are sent while the link is down are lost.
    /// </summary>
    public sealed class HetuEvents
    {
        private readonly Schema schema;
        private readonly Loop loop;
        private readonly Action<Exception> report;
        private readonly Dictionary<string, IEventHandler[]> handlers = new Dictionary<string, IEventHandler[]>();

        private WireSchema? wire;

        internal HetuEvents(Schema schema, Loop loop, Action<Exception> report)
        {
            this.schema = schema;
            this.loop = loop;
            this.report = report;
        }

        /// <summary>Calls the handler for each event of this type.</summary>
        /// <param name="handler">Gets an object of its own.</param>
        /// <returns>Disposed to end it.</returns>
        /// <exception cref="ArgumentException">When the namespace has no such event.</exception>
        public IDisposable On<T>(Action<T> handler)
            where T : class
        {
            var spec = schema.Event<T>();
            return Add(
                spec.Name,
                new EventHandler<T>(this, spec, handler ?? throw new ArgumentNullException(nameof(handler))));
        }

        /// <summary>Calls the handler for each event of this name.</summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="handler">Gets the fields as they came: a dictionary by schema name.</param>
        /// <returns>Disposed to end it.</returns>
        public IDisposable On(string name, Action<object?> handler) =>
            Add(name, new UntypedEventHandler(this, name, handler ?? throw new ArgumentNullException(nameof(handler))));

        /// <summary>A connection has begun. Events that are listened to and cannot be read on it are reported.</summary>
        internal void Begin(WireSchema begun)
        {
            List<string> names;
            lock (handlers)
            {
                wire = begun;
                names = new List<string>(handlers.Count);
                foreach (var pair in handlers)
                {
                    if (pair.Value.Length > 0) names.Add(pair.Key);
                }
            }

            foreach (var name in names) Complain(name, begun);
        }

        /// <summary>An event has come; nobody need care. Frames may be read more than once.</summary>
        internal void Take(string name, MessagePackReader value)
        {
            IEventHandler[]? listening;
            lock (handlers)
            {
                if (!handlers.TryGetValue(name, out listening)) return;
            }

            foreach (var handler in listening)
            {
                try
                {
                    handler.Take(value);
                }
                catch (Exception error)
                {
                    report(error);
                }
            }
        }

        internal void Remove(string name, IEventHandler handler)
        {
            lock (handlers)
            {
                if (!handlers.TryGetValue(name, out var listening)) return;
                handlers[name] = Array.FindAll(listening, other => other != handler);
            }
        }

        private IDisposable Add(string name, IEventHandler handler)
        {
            WireSchema? present;
            bool isFirst;
            lock (handlers)
            {
                present = wire;
                isFirst = !handlers.ContainsKey(name);
                var before = handlers.TryGetValue(name, out var listening) ? listening : Array.Empty<IEventHandler>();
                var after = new IEventHandler[before.Length + 1];
                before.CopyTo(after, 0);
                after[before.Length] = handler;
                handlers[name] = after;
            }

            // On the loop, as all that the application is told.
            if (isFirst && present != null) loop.Run(() => Complain(name, present));
            return handler;
        }

        private void Complain(string name, WireSchema present)
        {
            var problem = present.EventProblem(name);
            if (problem != null) report(problem);
        }
    }
}
