#nullable enable

using System;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>The row with the key of a unique index, not asked for yet.</summary>
    /// <typeparam name="TRow">The component's rows.</typeparam>
    public sealed class UniqueQuery<TRow> : RangeQuery<TRow>
        where TRow : class, IRow
    {
        internal UniqueQuery(ILiveContext context, QueryParameters<TRow> parameters)
            : base(context, parameters)
        {
        }

        /// <summary>
        /// Starts a live query of the one row, whether it exists yet or not, and gives it at once, so that handlers can
        /// be attached before the row is told. On another thread than the client's loop, attach them in <see
        /// cref="Single(Action{LiveRow{TRow}})"/>.
        /// </summary>
        /// <returns>To be disposed.</returns>
        public LiveRow<TRow> Single() => Single(null);

        /// <summary>
        /// Starts a live query of the one row, whose handlers are attached before anything can be told.
        /// </summary>
        /// <param name="attach">Called at once, with the query.</param>
        /// <returns>To be disposed.</returns>
        /// <exception cref="InvalidOperationException">The index has more columns than values were given.</exception>
        public LiveRow<TRow> Single(Action<LiveRow<TRow>>? attach)
        {
            var index = Parameters.Index;
            if (index.ColumnNames.Count > index.ColumnCount)
            {
                throw new InvalidOperationException(
                    $"{Parameters.Source} has {index.ColumnNames.Count} columns: a key of {index.ColumnCount} may " +
                        "have several rows; use Subscribe");
            }

            var row = new LiveRow<TRow>(Context, Parameters.With(1, false));
            attach?.Invoke(row);
            row.Start();
            return row;
        }

        /// <summary>
        /// Starts a live query of the one row and waits for the server's answer: the row, or that it does not exist
        /// yet.
        /// </summary>
        /// <param name="cancellationToken">Gives it up.</param>
        /// <returns>To be disposed.</returns>
        /// <exception cref="SubscriptionRefusedException">The server gives no rows.</exception>
        /// <exception cref="SchemaMismatchException">The server's row is of another schema.</exception>
        /// <exception cref="ConnectionClosedException">The client has closed.</exception>
        /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
        public Task<LiveRow<TRow>> SingleAsync(CancellationToken cancellationToken = default) =>
            FirstRows.OfAsync<LiveRow<TRow>, TRow>(Single(), cancellationToken);
    }
}
