#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>What the session calls on the live queries, always on the loop.</summary>
    internal interface ILiveQueries
    {
        /// <summary>Whether the link has dropped and not everything has been brought up to date since.</summary>
        bool IsStale { get; }

        /// <summary>The live queries to send again on a new link, before everything that waits.</summary>
        /// <param name="resumed">
        /// The server has kept the session: each subscription is to be written with the ids of the rows that it shows.
        /// </param>
        IReadOnlyList<Request> Restore(bool resumed);

        /// <summary>Rows have changed: a frame of kind <see cref="FrameKind.Update"/>.</summary>
        /// <exception cref="WireException">The link is to be dropped.</exception>
        void Updated(ref ServerFrame frame);

        /// <summary>A call has succeeded, also one whose caller has given it up: it may have been a login.</summary>
        void Called();

        /// <summary>The link is gone: what is shown is no longer known to be current.</summary>
        void Lost();

        /// <summary>The session has closed for good.</summary>
        /// <param name="error"><c>null</c> when its user closed it.</param>
        void Closed(Exception? error);
    }
}
