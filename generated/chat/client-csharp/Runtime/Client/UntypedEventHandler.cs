#nullable enable

using System;

namespace HeTu
{
    /// <summary>A handler of an event by name.</summary>
    internal sealed class UntypedEventHandler : IEventHandler
    {
        private readonly HetuEvents events;
        private readonly string name;
        private volatile Action<object?>? handler;

        internal UntypedEventHandler(HetuEvents events, string name, Action<object?> handler)
        {
            this.events = events;
            this.name = name;
            this.handler = handler;
        }

        public void Take(MessagePackReader value) => handler?.Invoke(value.AtEnd ? null : value.ReadUntyped());

        public void Dispose()
        {
            handler = null;
            events.Remove(name, this);
        }
    }
}
