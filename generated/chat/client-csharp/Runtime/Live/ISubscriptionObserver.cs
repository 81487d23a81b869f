#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// A live query of the application, as the subscription that it shares with its equals sees it. All of it is called
    /// on the loop.
    /// </summary>
    internal interface ISubscriptionObserver<TRow>
        where TRow : class, IRow
    {
        /// <summary>
        /// There are rows that are known to be current: the first snapshot, or one after a reconnect.
        /// </summary>
        void OnCurrent();

        /// <param name="changes">Used again for the next ones once this returns.</param>
        void OnChanges(ChangeList<TRow> changes);

        /// <summary>The link dropped: the rows may be out of date.</summary>
        void OnStale();

        /// <summary>There are no rows to be had; it is tried again later, unless the client has closed.</summary>
        void OnFailure(Exception error);
    }
}
