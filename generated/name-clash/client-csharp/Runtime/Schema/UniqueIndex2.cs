#nullable enable

using System;

namespace HeTu
{
    /// <summary>An index of two columns that has at most one row for each value.</summary>
    public sealed class UniqueIndex<TRow, T1, T2> : Index<TRow, T1, T2>
        where TRow : class, IRow
    {
        /// <summary>Written by generated code.</summary>
        /// <param name="name">The names of the columns joined by <c>,</c>.</param>
        /// <param name="number">Position among the component's indexes in the description; 0 is <c>id</c>.</param>
        /// <param name="order">Compares the columns; ties are broken by id elsewhere.</param>
        /// <param name="first">The type of its column 1.</param>
        /// <param name="second">The type of its column 2.</param>
        public UniqueIndex(
            string name,
            int number,
            Comparison<TRow> order,
            ColumnType<T1> first,
            ColumnType<T2> second)
            : base(name, number, true, order, first, second)
        {
        }
    }
}
