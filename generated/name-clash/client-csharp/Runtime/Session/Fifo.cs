#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// A queue that also takes items in front of all others: a ring that doubles when it is full. All but
    /// <see cref="Remove"/> and <see cref="Prepend"/> take constant time (amortised).
    /// </summary>
    internal sealed class Fifo<T>
        where T : class
    {
        private T?[] ring = new T?[16];
        private int head;

        internal int Count { get; private set; }

        internal void Push(T item)
        {
            if (Count == ring.Length) Grow(Count * 2);
            ring[(head + Count) % ring.Length] = item;
            Count++;
        }

        internal T? Shift()
        {
            if (Count == 0) return null;
            var item = ring[head];
            ring[head] = null;
            head = (head + 1) % ring.Length;
            Count--;
            return item;
        }

        /// <summary>Puts items before all others, in their order.</summary>
        internal void Prepend(IReadOnlyList<T> items)
        {
            while (Count + items.Count > ring.Length) Grow(ring.Length * 2);
            for (var at = items.Count - 1; at >= 0; at--)
            {
                head = (head + ring.Length - 1) % ring.Length;
                ring[head] = items[at];
                Count++;
            }
        }

        /// <returns>Whether it was there.</returns>
        internal bool Remove(T item)
        {
            for (var at = 0; at < Count; at++)
            {
                if (!ReferenceEquals(ring[(head + at) % ring.Length], item)) continue;
                for (var next = at + 1; next < Count; next++)
                {
                    ring[(head + next - 1) % ring.Length] = ring[(head + next) % ring.Length];
                }

                ring[(head + Count - 1) % ring.Length] = null;
                Count--;
                return true;
            }

            return false;
        }

        /// <summary>Empties the queue.</summary>
        internal List<T> Drain()
        {
            var items = new List<T>(Count);
            for (var item = Shift(); item != null; item = Shift()) items.Add(item);
            return items;
        }

        private void Grow(int capacity)
        {
            var grown = new T?[capacity];
            var first = Math.Min(Count, ring.Length - head);
            Array.Copy(ring, head, grown, 0, first);
            Array.Copy(ring, 0, grown, first, Count - first);
            ring = grown;
            head = 0;
        }
    }
}
