#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>An index of a component, without the types of its columns.</summary>
    public abstract class Index<TRow>
        where TRow : class, IRow
    {
        private readonly Comparison<TRow> order;

        private protected Index(string name, int number, bool unique, Comparison<TRow> order, int columns)
        {
            Name = name;
            Number = number;
            Unique = unique;
            ColumnCount = columns;
            ColumnNames = name.Split(',');
            this.order = order;
        }

        /// <summary>As in the schema: the names of its columns joined by <c>,</c>.</summary>
        public string Name { get; }

        /// <summary>Position among the component's indexes in the description; 0 is <c>id</c>.</summary>
        public int Number { get; }

        /// <summary>Whether there is at most one row for each value.</summary>
        public bool Unique { get; }

        /// <summary>The names of its columns, in the order of the index.</summary>
        public IReadOnlyList<string> ColumnNames { get; }

        /// <summary>How many columns have a type here: those behind the fourth only take part in the order.</summary>
        internal int ColumnCount { get; }

        /// <summary>The order of the index; ties by id. 0 only for the same id and the same key.</summary>
        public int Compare(TRow a, TRow b)
        {
            var result = order(a, b);
            return result != 0 ? result : a.Id.CompareTo(b.Id);
        }
    }
}
