#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// All subscriptions of a client: shares them, routes updates to them, ends them at the server when nobody looks
    /// any more, and brings them back after a reconnect. Used on the loop only.
    /// </summary>
    internal sealed partial class Subscriptions : ILiveQueries
    {
        private readonly ISubscriptionLink link;
        private readonly Loop loop;
        private readonly Action<Exception> report;

        /// <summary>In the order in which they were asked for.</summary>
        private readonly List<Subscription> all = new List<Subscription>();
        private readonly BytesMap<Subscription> byKey = new BytesMap<Subscription>();

        /// <summary>Asked for and not answered yet.</summary>
        private readonly HashSet<Subscription> pending = new HashSet<Subscription>();
        private readonly SubscriptionIds byId = new SubscriptionIds();

        /// <summary>
        /// Ids that nobody here uses any more and that the server has not been told about, with their source.
        /// </summary>
        private readonly List<(SubscriptionId Id, string Source)> unused =
            new List<(SubscriptionId Id, string Source)>();

        /// <summary>Have taken an update and have not told it.</summary>
        private readonly List<Subscription> touched = new List<Subscription>();
        private ConnectionClosedException? closed;

        /// <param name="link">To the server.</param>
        /// <param name="loop">Of the client.</param>
        /// <param name="report">Takes what handlers throw.</param>
        internal Subscriptions(ISubscriptionLink link, Loop loop, Action<Exception> report)
        {
            this.link = link;
            this.loop = loop;
            this.report = report;
        }

        /// <summary>Finds or makes the subscription with these parameters.</summary>
        internal Subscription<TRow> Attach<TRow>(QueryParameters<TRow> parameters, ISubscriptionObserver<TRow> observer)
            where TRow : class, IRow
        {
            var key = parameters.Key();
            // The key decides on the type of the rows.
            var subscription = (Subscription<TRow>?)byKey.Find(key);
            if (subscription == null)
            {
                subscription = new Subscription<TRow>(parameters, key, Settled);
                if (closed == null)
                {
                    all.Add(subscription);
                    byKey.Add(key, subscription);
                }

                Request(subscription);
            }
            else if (subscription.Error != null && !pending.Contains(subscription))
            {
                Request(subscription);
            }

            subscription.Add(observer);
            return subscription;
        }

        /// <summary>The observer looks no more.</summary>
        internal void Detach<TRow>(Subscription<TRow> subscription, ISubscriptionObserver<TRow> observer)
            where TRow : class, IRow
        {
            if (!subscription.Remove(observer) || subscription.ObserverCount > 0) return;
            if (pending.Contains(subscription))
            {
                // An answer under way is waited for: only then its id is known. Who asks until then finds it here.
                if (!link.Withdraw(subscription)) return;
                pending.Remove(subscription);
            }

            Forget(subscription);
        }

        /// <inheritdoc/>
        public void Updated(ref ServerFrame frame)
        {
            try
            {
                // Updates of a subscription that nobody uses any more are still on their way for a while.
                if (!frame.Wire.IsHetu2)
                {
                    Update(byId.Find(frame.SubscriptionId), ref frame.Body, frame.Wire);
                    return;
                }

                for (var left = frame.Count; left > 0; left--)
                {
                    Update(byId.Find(frame.Body.ReadInt64()), ref frame.Body, frame.Wire);
                }
            }
            finally
            {
                // Also when the rest cannot be taken: what is to be seen must have been told.
                TellTouched();
            }
        }

        /// <inheritdoc/>
        public void Closed(Exception? error)
        {
            closed = new ConnectionClosedException("live query", error);
            IsStale = true;
            ForgetRefused();
            restoring.Clear();
            restored.Clear();
            var ended = all.ToArray();
            all.Clear();
            byKey.Clear();
            pending.Clear();
            foreach (var subscription in ended)
            {
                subscription.Lost();
                subscription.Refuse(closed);
            }

            foreach (var fetch in TakeFetches()) fetch.Fail(closed);
        }

        private void Update(List<Subscription>? sharing, ref MessagePackReader body, WireSchema wire)
        {
            if (sharing == null)
            {
                body.Skip();
                return;
            }

            var start = body;
            foreach (var subscription in sharing)
            {
                body = start;
                subscription.Update(ref body, wire);
                touched.Add(subscription);
            }
        }

        private void TellTouched()
        {
            foreach (var subscription in touched)
            {
                subscription.Tell();
                if (subscription.Error != null) Settled(subscription);
            }

            touched.Clear();
        }

        private void Request(Subscription subscription)
        {
            subscription.IsResumed = false;
            if (closed != null)
            {
                // Later: the live query that asks has not heard of this subscription yet.
                var why = closed;
                loop.Post(() => subscription.Refuse(why));
            }
            else if (link.Enqueue(subscription))
            {
                pending.Add(subscription);
            }

            // Without a connection, Restore sends it on the next one.
        }

        /// <summary>A subscription has its answer, or has failed.</summary>
        private void Settled(Subscription subscription)
        {
            pending.Remove(subscription);
            if (subscription.Error is SubscriptionRefusedException) refused.Add(subscription);
            else refused.Remove(subscription);
            if (subscription.Id != null)
            {
                var id = subscription.Id;
                byId.Add(id, subscription);
                unused.RemoveAll(entry => entry.Id.IsSame(id));
            }

            var wasRestoring = restoring.Remove(subscription);
            if (subscription.ObserverCount == 0)
            {
                Forget(subscription);
            }
            else if (wasRestoring)
            {
                restored.Add(subscription);
            }
            else
            {
                subscription.Replace();
                subscription.Tell();
            }

            if (subscription.Error != null) Release(subscription);
            if (wasRestoring && restoring.Count == 0) ShowRestored();
            EndUnused();
        }

        private void Forget(Subscription subscription)
        {
            all.Remove(subscription);
            byKey.Remove(subscription.Key);
            refused.Remove(subscription);
            Release(subscription);
            if (restoring.Remove(subscription) && restoring.Count == 0) ShowRestored();
        }

        /// <summary>The subscription wants no more updates.</summary>
        private void Release(Subscription subscription)
        {
            var id = subscription.Id;
            if (id == null) return;
            subscription.Id = null;
            if (!byId.Remove(id, subscription)) return;
            unused.Add((id, subscription.Query.Source));
            EndUnused();
        }

        /// <summary>
        /// Tells the server what is not needed any more, unless a question is under way that it may answer with the
        /// same id: it would end that one too.
        /// </summary>
        private void EndUnused()
        {
            for (var at = unused.Count - 1; at >= 0; at--)
            {
                var (id, source) = unused[at];
                if (IsAsking(source)) continue;
                unused.RemoveAt(at);
                if (id.Utf8 == null) link.Unsubscribe(id.Number);
                else link.Unsubscribe(id.Utf8);
            }
        }

        private bool IsAsking(string source)
        {
            foreach (var subscription in pending)
            {
                if (subscription.Query.Source == source) return true;
            }

            return false;
        }
    }
}
