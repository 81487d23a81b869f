#nullable enable

using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace HeTu.LiveTests.Support
{
    /// <summary>A user with a client in some language: all are worked, and heard, in the same words.</summary>
    internal interface IPlayer : IAsyncDisposable
    {
        int User { get; }

        /// <summary>
        /// What its client has told: <c>P+1:2,0</c> is a position that came, <c>A~1=9&gt;1=8</c> an account that
        /// changed, <c>P.</c> the end of a batch, <c>P stale</c>, <c>P resynced</c>, <c>!1:hey</c> an event.
        /// </summary>
        Trace Told { get; }

        /// <summary>What its client has reported as an error of nobody's call.</summary>
        IReadOnlyList<string> Surprises { get; }

        /// <summary>Starts live queries of positions, accounts and its own inventory, in this order.</summary>
        Task WatchAsync();

        /// <summary>What the live queries show now: <c>P</c>, <c>A</c> and <c>I</c>, each in its order.</summary>
        Task<IReadOnlyList<string>> RowsAsync();

        Task<string> EchoAsync(string text);

        Task MoveToAsync(float x, float y);

        Task<long> TransferAsync(int from, int to, long amount);

        Task<long> BuyAsync(int item, uint count);

        Task ShoutAsync(string text);
    }
}
