#nullable enable

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu.LiveTests.Support
{
    /// <summary>One player who calls and calls until told to stop, and keeps the books.</summary>
    internal sealed class Load
    {
        internal const int Bank = 100;
        private const int AtOnce = 12;

        private readonly IPlayer player;
        private readonly Action answered;
        private readonly int[] bought = new int[3];
        private readonly ConcurrentQueue<string> surprises = new ConcurrentQueue<string>();
        private volatile bool stopping;
        private int paid;
        private int maybePaid;

        /// <param name="player">Who calls.</param>
        /// <param name="answered">Called for each call that is acknowledged.</param>
        internal Load(IPlayer player, Action answered)
        {
            this.player = player;
            this.answered = answered;
        }

        /// <summary>Purchases that were acknowledged, by item; each was of one piece and <c>@once</c>.</summary>
        internal IReadOnlyList<int> Bought => bought;

        /// <summary>Acknowledged transfers of 1 from the player to the bank.</summary>
        internal int Paid => paid;

        /// <summary>Those whose outcome nobody knows.</summary>
        internal int MaybePaid => maybePaid;

        /// <summary>Outcomes that a broken link does not explain.</summary>
        internal IReadOnlyList<string> Surprises => surprises.ToArray();

        /// <summary>Calls until <see cref="Stop"/>, then ends with the last answer.</summary>
        internal Task RunAsync() => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(WorkAsync));

        internal void Stop() => stopping = true;

        private async Task WorkAsync(int worker)
        {
            for (var at = worker; !stopping; at++)
            {
                switch (at % 3)
                {
                    case 0:
                        var item = at / 3 % bought.Length;
                        var isBought = await CallAsync(() => player.BuyAsync(item, 1), false);
                        if (isBought) Interlocked.Increment(ref bought[item]);
                        break;
                    case 1:
                        var isPaid = await CallAsync(() => player.TransferAsync(player.User, Bank, 1), true);
                        if (isPaid) Interlocked.Increment(ref paid);
                        break;
                    default:
                        var x = at % 50;
                        await CallAsync(() => player.MoveToAsync(x, at), false);
                        break;
                }
            }
        }

        /// <returns>Whether it was acknowledged.</returns>
        private async Task<bool> CallAsync(Func<Task> call, bool pays)
        {
            try
            {
                await call();
                answered();
                return true;
            }
            catch (OutcomeUnknownException)
            {
                if (pays) Interlocked.Increment(ref maybePaid);
            }
            catch (CallRejectedException error) when (error.Code == "RATE_LIMITED")
            {
                // As fast as it can may be faster than the schema allows: it had no effect.
            }
            catch (Exception error)
            {
                surprises.Enqueue(error.ToString());
            }

            return false;
        }
    }
}
