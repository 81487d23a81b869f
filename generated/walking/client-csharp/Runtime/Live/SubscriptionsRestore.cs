#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <content>Losses of the link, and what the server has refused.</content>
    internal sealed partial class Subscriptions
    {
        /// <summary>Between two rounds of asking for what was refused.</summary>
        private static readonly TimeSpan RetrySpacing = TimeSpan.FromSeconds(1);

        /// <summary>Restored after a reconnect and not answered yet: until then all keep what they show.</summary>
        private readonly HashSet<Subscription> restoring = new HashSet<Subscription>();
        private readonly List<Subscription> restored = new List<Subscription>();

        /// <summary>Refused on this link, and not asked for again yet.</summary>
        private readonly HashSet<Subscription> refused = new HashSet<Subscription>();
        private TimeSpan? retriedAt;
        private LoopTimer? retryTimer;
        private volatile bool isStale;

        /// <inheritdoc/>
        public bool IsStale
        {
            get => isStale;
            private set => isStale = value;
        }

        /// <summary>The link has dropped.</summary>
        internal Signal Stales { get; } = new Signal();

        /// <summary>After a reconnect, all live queries are up to date again and have told their differences.</summary>
        internal Signal Resyncs { get; } = new Signal();

        /// <inheritdoc/>
        public void Called()
        {
            if (refused.Count == 0 || retryTimer != null) return;
            // A client that calls all the time does not ask all the time.
            var wait = retriedAt == null ? TimeSpan.Zero : retriedAt.Value + RetrySpacing - loop.Now;
            if (wait <= TimeSpan.Zero) RetryRefused();
            else retryTimer = loop.SetTimer(wait, RetryRefused);
        }

        /// <inheritdoc/>
        public void Lost()
        {
            ForgetRefused();
            byId.Clear();
            pending.Clear();
            unused.Clear();
            restoring.Clear();
            restored.Clear();
            var wasStale = IsStale;
            IsStale = true;
            foreach (var subscription in all.ToArray())
            {
                if (subscription.ObserverCount > 0)
                {
                    subscription.Lost();
                    continue;
                }

                all.Remove(subscription);
                byKey.Remove(subscription.Key);
            }

            if (!wasStale) Stales.Emit(report);
        }

        /// <inheritdoc/>
        public IReadOnlyList<Request> Restore(bool resumed)
        {
            var requests = new List<Request>(all.Count);
            foreach (var subscription in all)
            {
                subscription.IsResumed = resumed;
                pending.Add(subscription);
                restoring.Add(subscription);
                requests.Add(subscription);
            }

            if (requests.Count == 0) Resynced();
            foreach (var fetch in fetches) loop.Post(() => Launch(fetch));
            return requests;
        }

        private void RetryRefused()
        {
            var again = new List<Subscription>(refused);
            ForgetRefused();
            retriedAt = loop.Now;
            foreach (var subscription in again)
            {
                if (!pending.Contains(subscription)) Request(subscription);
            }
        }

        private void ForgetRefused()
        {
            refused.Clear();
            retryTimer?.Dispose();
            retryTimer = null;
        }

        /// <summary>Brings all restored subscriptions up to date, and only then tells of the differences.</summary>
        private void ShowRestored()
        {
            var shown = restored.ToArray();
            restored.Clear();
            foreach (var subscription in shown) subscription.Replace();
            foreach (var subscription in shown) subscription.Tell();
            Resynced();
        }

        private void Resynced()
        {
            // A handler of what was just told may have closed the client.
            if (!IsStale || closed != null) return;
            IsStale = false;
            Resyncs.Emit(report);
        }
    }
}
