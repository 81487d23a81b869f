#nullable enable

using System;

namespace HeTu
{
    /// <summary>An index of one column.</summary>
    public class Index<TRow, T1> : Index<TRow>
        where TRow : class, IRow
    {
        /// <summary>Written by generated code.</summary>
        /// <param name="name">The names of the columns joined by <c>,</c>.</param>
        /// <param name="number">Position among the component's indexes in the description; 0 is <c>id</c>.</param>
        /// <param name="order">Compares the columns; ties are broken by id elsewhere.</param>
        /// <param name="first">The type of its column 1.</param>
        public Index(
            string name,
            int number,
            Comparison<TRow> order,
            ColumnType<T1> first)
            : this(name, number, false, order, first)
        {
        }

        private protected Index(
            string name,
            int number,
            bool unique,
            Comparison<TRow> order,
            ColumnType<T1> first)
            : base(name, number, unique, order, 1)
        {
            First = first;
        }

        /// <summary>The type of its column 1.</summary>
        public ColumnType<T1> First { get; }
    }
}
