#nullable enable

namespace HeTu
{
    /// <summary>The rows of a range of an index, kept up to date.</summary>
    /// <typeparam name="TRow">The component's rows.</typeparam>
    public sealed class LiveRange<TRow> : LiveQuery<TRow>
        where TRow : class, IRow
    {
        internal LiveRange(ILiveContext context, QueryParameters<TRow> parameters)
            : base(context, parameters)
        {
        }

        /// <summary>
        /// In the order of the index, ties by id; from the greatest on when descending. The same object until something
        /// changes, and rows that did not change are the same objects in the next one.
        /// </summary>
        public RowList<TRow> Rows => Observer.Rows;
    }
}
