#nullable enable

using System;

namespace HeTu
{
    /// <summary>A handler of an event of the schema.</summary>
    internal sealed class EventHandler<T> : IEventHandler
        where T : class
    {
        private readonly HetuEvents events;
        private readonly EventSpec<T> spec;
        private volatile Action<T>? handler;

        internal EventHandler(HetuEvents events, EventSpec<T> spec, Action<T> handler)
        {
            this.events = events;
            this.spec = spec;
            this.handler = handler;
        }

        public void Take(MessagePackReader value)
        {
            var call = handler;
            if (call == null) return;
            T read;
            try
            {
                read = spec.Read(ref value);
            }
            catch (SchemaMismatchException mismatch)
            {
                throw mismatch.Inside(spec.Name);
            }

            call(read);
        }

        public void Dispose()
        {
            handler = null;
            events.Remove(spec.Name, this);
        }
    }
}
