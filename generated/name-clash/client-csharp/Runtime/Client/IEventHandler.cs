#nullable enable

using System;

namespace HeTu
{
    /// <summary>One handler of an event; disposed to end it.</summary>
    internal interface IEventHandler : IDisposable
    {
        /// <summary>Reads the event and calls the application.</summary>
        void Take(MessagePackReader value);
    }
}
