#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// The subscriptions that the server gives updates for, by what it calls them. Two sets of parameters may mean the
    /// same to the server, which then gives both the same id.
    /// </summary>
    internal sealed class SubscriptionIds
    {
        private readonly BytesMap<List<Subscription>> byUtf8 = new BytesMap<List<Subscription>>();
        private readonly Dictionary<long, List<Subscription>> byNumber = new Dictionary<long, List<Subscription>>();

        internal List<Subscription>? Find(ReadOnlySpan<byte> utf8) => byUtf8.Find(utf8);

        internal List<Subscription>? Find(long number) => byNumber.TryGetValue(number, out var found) ? found : null;

        /// <summary>Adds a subscription under its id, once.</summary>
        internal void Add(SubscriptionId id, Subscription subscription)
        {
            var sharing = Find(id);
            if (sharing == null)
            {
                sharing = new List<Subscription>(1);
                if (id.Utf8 == null) byNumber.Add(id.Number, sharing);
                else byUtf8.Add(id.Utf8, sharing);
            }

            if (!sharing.Contains(subscription)) sharing.Add(subscription);
        }

        /// <returns>Whether no other has this id.</returns>
        internal bool Remove(SubscriptionId id, Subscription subscription)
        {
            var sharing = Find(id);
            if (sharing == null) return true;
            sharing.Remove(subscription);
            if (sharing.Count > 0) return false;
            if (id.Utf8 == null) byNumber.Remove(id.Number);
            else byUtf8.Remove(id.Utf8);
            return true;
        }

        internal void Clear()
        {
            byUtf8.Clear();
            byNumber.Clear();
        }

        private List<Subscription>? Find(SubscriptionId id) => id.Utf8 == null ? Find(id.Number) : Find(id.Utf8);
    }
}
