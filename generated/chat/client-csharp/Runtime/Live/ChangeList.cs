#nullable enable

using System;
using System.Collections;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// Changes that came together. One list serves batch after batch, so that no garbage is made: it holds them while
    /// the handler runs; a handler that needs them later copies them (<c>changes.ToArray()</c>).
    /// </summary>
    /// <typeparam name="TRow">The component's rows.</typeparam>
    public sealed class ChangeList<TRow> : IReadOnlyList<Change<TRow>>
        where TRow : class, IRow
    {
        private readonly List<Change<TRow>> changes;
        private readonly IComparer<Change<TRow>> order;

        internal ChangeList(IComparer<TRow> rows, int capacity = 0)
        {
            changes = new List<Change<TRow>>(capacity);
            order = new Order(rows);
        }

        /// <summary>How many there are.</summary>
        public int Count => changes.Count;

        /// <summary>
        /// One change: deletes come first, then updates, then inserts, each in the order of the index.
        /// </summary>
        /// <param name="index">From 0.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such change.</exception>
        public Change<TRow> this[int index] => changes[index];

        /// <summary>Goes through the changes without making garbage.</summary>
        public List<Change<TRow>>.Enumerator GetEnumerator() => changes.GetEnumerator();

        /// <summary>A copy that stays as it is.</summary>
        public Change<TRow>[] ToArray() => changes.ToArray();

        IEnumerator<Change<TRow>> IEnumerable<Change<TRow>>.GetEnumerator() => changes.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => changes.GetEnumerator();

        internal void Add(in Change<TRow> change) => changes.Add(change);

        internal void Clear() => changes.Clear();

        internal void Sort()
        {
            if (changes.Count > 1) changes.Sort(order);
        }

        private sealed class Order : IComparer<Change<TRow>>
        {
            private readonly IComparer<TRow> rows;

            internal Order(IComparer<TRow> rows) => this.rows = rows;

            public int Compare(Change<TRow> x, Change<TRow> y) => Change<TRow>.Compare(x, y, rows);
        }
    }
}
