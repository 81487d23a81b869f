#nullable enable

using System;

namespace HeTu
{
    /// <summary>An index of four columns or more.</summary>
    public class Index<TRow, T1, T2, T3, T4> : Index<TRow>
        where TRow : class, IRow
    {
        /// <summary>Written by generated code.</summary>
        /// <param name="name">The names of the columns joined by <c>,</c>.</param>
        /// <param name="number">Position among the component's indexes in the description; 0 is <c>id</c>.</param>
        /// <param name="order">Compares the columns; ties are broken by id elsewhere.</param>
        /// <param name="first">The type of its column 1.</param>
        /// <param name="second">The type of its column 2.</param>
        /// <param name="third">The type of its column 3.</param>
        /// <param name="fourth">The type of its column 4.</param>
        public Index(
            string name,
            int number,
            Comparison<TRow> order,
            ColumnType<T1> first,
            ColumnType<T2> second,
            ColumnType<T3> third,
            ColumnType<T4> fourth)
            : this(name, number, false, order, first, second, third, fourth)
        {
        }

        private protected Index(
            string name,
            int number,
            bool unique,
            Comparison<TRow> order,
            ColumnType<T1> first,
            ColumnType<T2> second,
            ColumnType<T3> third,
            ColumnType<T4> fourth)
            : base(name, number, unique, order, 4)
        {
            First = first;
            Second = second;
            Third = third;
            Fourth = fourth;
        }

        /// <summary>The type of its column 1.</summary>
        public ColumnType<T1> First { get; }

        /// <summary>The type of its column 2.</summary>
        public ColumnType<T2> Second { get; }

        /// <summary>The type of its column 3.</summary>
        public ColumnType<T3> Third { get; }

        /// <summary>The type of its column 4.</summary>
        public ColumnType<T4> Fourth { get; }
    }
}
