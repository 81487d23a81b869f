#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// Rows in the order of an index, kept sorted as they come and go. The loop alone changes it, with <see
    /// cref="Gate"/> held over everything that belongs together; <see cref="View"/> may be read from any thread.
    /// </summary>
    internal sealed class RowSet<TRow>
        where TRow : class, IRow
    {
        private const int SmallestCapacity = 4;

        private readonly IComparer<TRow> order;
        private readonly Dictionary<long, TRow> byId;
        private TRow[] sorted;

        /// <summary>Shares <see cref="sorted"/>: whoever changes the array when there is one copies it first.</summary>
        private volatile RowList<TRow>? view;

        internal RowSet(IComparer<TRow> order, int capacity = 0)
        {
            this.order = order;
            byId = new Dictionary<long, TRow>(capacity);
            sorted = capacity == 0 ? Array.Empty<TRow>() : new TRow[capacity];
        }

        internal object Gate { get; } = new object();

        internal int Count { get; private set; }

        /// <summary>The same object until a row changes.</summary>
        internal RowList<TRow> View
        {
            get
            {
                var current = view;
                if (current != null) return current;
                lock (Gate)
                {
                    return view ??= Count == 0 ? RowList<TRow>.Empty : new RowList<TRow>(sorted, Count);
                }
            }
        }

        /// <summary>The row at a place in the order, from 0.</summary>
        internal TRow this[int at] => sorted[at];

        internal TRow? Find(long id) => byId.TryGetValue(id, out var row) ? row : null;

        /// <summary>A set of the same rows.</summary>
        internal RowSet<TRow> Clone()
        {
            var copy = new RowSet<TRow>(order, Count);
            for (var at = 0; at < Count; at++) copy.byId.Add(sorted[at].Id, sorted[at]);
            Array.Copy(sorted, copy.sorted, Count);
            copy.Count = Count;
            return copy;
        }

        /// <summary>Reads an array of rows, each of which has another id.</summary>
        /// <param name="reader">In front of it.</param>
        /// <param name="component">Reads one row.</param>
        /// <param name="wire">How the server has the component.</param>
        /// <param name="order">That of the set.</param>
        /// <exception cref="SchemaMismatchException">When a row is of another schema.</exception>
        internal static RowSet<TRow> Read(
            ref MessagePackReader reader,
            ComponentType<TRow> component,
            ComponentWire wire,
            IComparer<TRow> order)
        {
            var left = reader.ReadArrayHeader(component.Name);
            var set = new RowSet<TRow>(order, left);
            var isSorted = true;
            for (; left > 0; left--)
            {
                var row = component.ReadRow(ref reader, wire);
                if (!set.byId.TryAdd(row.Id, row)) continue;
                // Servers send rows in the order of the index.
                isSorted = isSorted && (set.Count == 0 || order.Compare(set.sorted[set.Count - 1], row) < 0);
                set.sorted[set.Count++] = row;
            }

            if (!isSorted) Array.Sort(set.sorted, 0, set.Count, order);
            return set;
        }

        internal void Set(TRow row)
        {
            BeginChange();
            if (byId.TryGetValue(row.Id, out var old))
            {
                var from = Position(old);
                if (order.Compare(old, row) == 0)
                {
                    sorted[from] = row;
                    byId[row.Id] = row;
                    return;
                }

                Count--;
                Array.Copy(sorted, from + 1, sorted, from, Count - from);
            }

            byId[row.Id] = row;
            Reserve(Count + 1);
            var to = Position(row);
            Array.Copy(sorted, to, sorted, to + 1, Count - to);
            sorted[to] = row;
            Count++;
        }

        internal void Remove(long id)
        {
            if (!byId.TryGetValue(id, out var old)) return;
            BeginChange();
            byId.Remove(id);
            var at = Position(old);
            Count--;
            Array.Copy(sorted, at + 1, sorted, at, Count - at);
            sorted[Count] = null!;
        }

        /// <summary>Puts another object in the place of a row that is equal to it in all columns.</summary>
        internal void Keep(int at, TRow same)
        {
            BeginChange();
            sorted[at] = same;
            byId[same.Id] = same;
        }

        private void BeginChange()
        {
            if (view == null) return;
            if (Count > 0) sorted = (TRow[])sorted.Clone();
            view = null;
        }

        private void Reserve(int capacity)
        {
            if (capacity <= sorted.Length) return;
            Array.Resize(ref sorted, Math.Max(Math.Max(capacity, SmallestCapacity), sorted.Length * 2));
        }

        /// <summary>Where a row is, or where it belongs. Binary search.</summary>
        private int Position(TRow row)
        {
            var low = 0;
            var high = Count;
            while (low < high)
            {
                var middle = (int)((uint)(low + high) >> 1);
                if (order.Compare(sorted[middle], row) < 0) low = middle + 1;
                else high = middle;
            }

            return low;
        }
    }
}
