#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>The order of a query's rows: that of its index, forwards or backwards.</summary>
    internal sealed class RowOrder<TRow> : IComparer<TRow>
        where TRow : class, IRow
    {
        private readonly Index<TRow> index;
        private readonly bool descending;

        internal RowOrder(Index<TRow> index, bool descending)
        {
            this.index = index;
            this.descending = descending;
        }

        /// <summary>0 only for the same id and the same key.</summary>
        public int Compare(TRow? x, TRow? y) => descending ? index.Compare(y!, x!) : index.Compare(x!, y!);
    }
}
