#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <content>Questions that are answered once.</content>
    internal sealed partial class Subscriptions
    {
        private readonly List<Fetch> fetches = new List<Fetch>();

        /// <summary>
        /// Asks as soon as there is a connection, and again on the next when it drops before the answer.
        /// </summary>
        internal void Begin(Fetch fetch)
        {
            if (closed != null)
            {
                fetch.Fail(closed);
                return;
            }

            fetches.Add(fetch);
            Launch(fetch);
        }

        /// <summary>It has its answer, or does not want one any more.</summary>
        internal void End(Fetch fetch)
        {
            if (fetches.Remove(fetch)) link.Withdraw(fetch);
        }

        private void Launch(Fetch fetch)
        {
            var wire = link.Wire;
            // Without a connection, Restore launches it on the next one.
            if (wire == null || !fetches.Contains(fetch)) return;
            if (wire.IsHetu2)
            {
                link.Enqueue(fetch);
                return;
            }

            fetches.Remove(fetch);
            fetch.Emulate();
        }

        private Fetch[] TakeFetches()
        {
            var taken = fetches.ToArray();
            fetches.Clear();
            return taken;
        }
    }
}
