#nullable enable

using System;

namespace HeTu
{
    /// <summary>What live queries need of the session. Used on the loop only.</summary>
    internal interface ISubscriptionLink
    {
        /// <summary>How the present link writes names and numbers; <c>null</c> without one that is connected.</summary>
        WireSchema? Wire { get; }

        /// <summary>Sends it when its turn comes.</summary>
        /// <returns><c>false</c>: there is no connection, and <see cref="ILiveQueries.Restore"/> will be asked on the next.</returns>
        bool Enqueue(Request request);

        /// <summary>Takes back what was not sent yet.</summary>
        /// <returns>Whether it was not.</returns>
        bool Withdraw(Request request);

        /// <summary>hetu.1: ends a subscription.</summary>
        /// <param name="id">UTF-8.</param>
        /// <returns><c>false</c>: there is no connection.</returns>
        bool Unsubscribe(ReadOnlySpan<byte> id);

        /// <summary>hetu.2: ends a subscription.</summary>
        /// <returns><c>false</c>: there is no connection.</returns>
        bool Unsubscribe(long number);
    }
}
