#nullable enable

using System;
using System.Collections;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// Rows in the order of an index, as they were at one moment. It never changes, so that any thread may read it.
    /// </summary>
    /// <typeparam name="TRow">The component's rows.</typeparam>
    public sealed class RowList<TRow> : IReadOnlyList<TRow>
        where TRow : class, IRow
    {
        private readonly TRow[] rows;

        internal RowList(TRow[] rows, int count)
        {
            this.rows = rows;
            Count = count;
        }

        /// <summary>How many there are.</summary>
        public int Count { get; }

        internal static RowList<TRow> Empty { get; } = new RowList<TRow>(Array.Empty<TRow>(), 0);

        /// <summary>One row.</summary>
        /// <param name="index">From 0.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
        public TRow this[int index]
        {
            get
            {
                // The array behind may be longer.
                if ((uint)index >= (uint)Count)
                {
                    throw new ArgumentOutOfRangeException(nameof(index), index, $"there are {Count} rows");
                }

                return rows[index];
            }
        }

        /// <summary>Goes through the rows without making garbage.</summary>
        public Enumerator GetEnumerator() => new Enumerator(this);

        IEnumerator<TRow> IEnumerable<TRow>.GetEnumerator() => GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>Goes through a <see cref="RowList{TRow}"/>.</summary>
        public struct Enumerator : IEnumerator<TRow>
        {
            private readonly RowList<TRow> list;
            private int at;

            internal Enumerator(RowList<TRow> list)
            {
                this.list = list;
                at = -1;
            }

            /// <inheritdoc/>
            public readonly TRow Current => list.rows[at];

            readonly object IEnumerator.Current => Current;

            /// <inheritdoc/>
            public bool MoveNext() => ++at < list.Count;

            /// <inheritdoc/>
            public void Reset() => at = -1;

            /// <inheritdoc/>
            public readonly void Dispose()
            {
            }
        }
    }
}
