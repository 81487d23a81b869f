#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>Rows that were read once.</summary>
    /// <typeparam name="TRow">The component's rows.</typeparam>
    public sealed class Page<TRow>
        where TRow : class, IRow
    {
        internal Page(IReadOnlyList<TRow> rows, long? count, PageCursor? next)
        {
            Rows = rows;
            Count = count;
            Next = next;
        }

        /// <summary>In the order of the index.</summary>
        public IReadOnlyList<TRow> Rows { get; }

        /// <summary>
        /// How many rows the whole range has; <c>null</c> when it was not asked for or the server does not tell.
        /// </summary>
        public long? Count { get; }

        /// <summary>
        /// Where the rows behind these begin, for <see cref="RangeQuery{TRow}.After"/>; <c>null</c> at the end.
        /// </summary>
        public PageCursor? Next { get; }
    }
}
