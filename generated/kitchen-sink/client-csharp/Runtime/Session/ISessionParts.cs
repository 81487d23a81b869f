#nullable enable

using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>How a session uses what is built on it; on the loop.</summary>
    internal interface ISessionParts
    {
        /// <summary>A connection has begun, before bootstrap.</summary>
        void Began(WireSchema wire);

        /// <summary>Runs the application's bootstrap; calls of an urgent scope go out at once.</summary>
        /// <param name="connections">How many connections there were before.</param>
        Task Bootstrap(int connections);

        /// <summary>The live queries to send again, before everything that waits.</summary>
        IReadOnlyList<Request> Restore(bool resumed);

        /// <summary>A call has succeeded, also one whose caller has given it up.</summary>
        void Called();

        /// <summary>The link is gone: what the live queries show is no longer known to be current.</summary>
        void Lost();

        /// <summary>An update or an event.</summary>
        /// <exception cref="WireException">The link is to be dropped.</exception>
        void Pushed(ref ServerFrame frame);

        /// <summary>The connection does something else now.</summary>
        void StateChanged(ConnectionState state);

        /// <summary>A function of the application has thrown.</summary>
        void Report(Exception error);

        /// <summary>The session has closed for good.</summary>
        void Closed(Exception? error);
    }
}
