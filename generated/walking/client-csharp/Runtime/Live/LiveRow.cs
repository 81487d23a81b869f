#nullable enable

namespace HeTu
{
    /// <summary>
    /// The row with a key, kept up to date: also while it does not exist, and when another one takes the key.
    /// </summary>
    /// <typeparam name="TRow">The component's rows.</typeparam>
    public sealed class LiveRow<TRow> : LiveQuery<TRow>
        where TRow : class, IRow
    {
        internal LiveRow(ILiveContext context, QueryParameters<TRow> parameters)
            : base(context, parameters)
        {
        }

        /// <summary><c>null</c> until it exists and after it is gone. The same object until a column changes.</summary>
        public TRow? Row
        {
            get
            {
                var rows = Observer.Rows;
                return rows.Count == 0 ? null : rows[0];
            }
        }
    }
}
