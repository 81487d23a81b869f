#nullable enable

using System;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>
    /// Rows of a range of an index, not asked for yet. Each method gives another query and leaves this one as it is.
    /// </summary>
    /// <typeparam name="TRow">The component's rows.</typeparam>
    public class RangeQuery<TRow>
        where TRow : class, IRow
    {
        private readonly bool counts;
        private readonly PageCursor? after;

        internal RangeQuery(
            ILiveContext context,
            QueryParameters<TRow> parameters,
            bool counts = false,
            PageCursor? after = null)
        {
            Context = context;
            Parameters = parameters;
            this.counts = counts;
            this.after = after;
        }

        internal QueryParameters<TRow> Parameters { get; }

        private protected ILiveContext Context { get; }

        /// <summary>
        /// Rows at most; 1,000 when not given, and the server may allow less. The range is a window onto the first
        /// ones: when one leaves, the next one moves in.
        /// </summary>
        /// <param name="count">From 1.</param>
        /// <exception cref="SchemaValueException">When it is less.</exception>
        public RangeQuery<TRow> Limit(int count)
        {
            if (count < 1) throw new SchemaValueException(Parameters.Source, "limited to a whole number from 1", count);
            return new RangeQuery<TRow>(Context, Parameters.With(count, Parameters.Descending), counts, after);
        }

        /// <summary>From the greatest to the least. The left bound stays the lower one.</summary>
        public RangeQuery<TRow> Descending() =>
            new RangeQuery<TRow>(Context, Parameters.With(Parameters.Limit, true), counts, after);

        /// <summary>For <see cref="FetchAsync"/>: how many rows the whole range has, too.</summary>
        public RangeQuery<TRow> Count() => new RangeQuery<TRow>(Context, Parameters, true, after);

        /// <summary>For <see cref="FetchAsync"/>: the rows behind those of another page.</summary>
        /// <param name="cursor">
        /// <see cref="Page{TRow}.Next"/> of a page of the same query; <c>null</c>: from the first row on.
        /// </param>
        public RangeQuery<TRow> After(PageCursor? cursor) => new RangeQuery<TRow>(Context, Parameters, counts, cursor);

        /// <summary>
        /// Starts a live query and gives it at once, so that handlers can be attached before the first rows are told.
        /// On another thread than the client's loop, attach them in <see cref="Subscribe(Action{LiveRange{TRow}})"/>.
        /// </summary>
        /// <returns>To be disposed.</returns>
        public LiveRange<TRow> Subscribe() => Subscribe(null);

        /// <summary>Starts a live query whose handlers are attached before anything can be told.</summary>
        /// <param name="attach">Called at once, with the query.</param>
        /// <returns>To be disposed.</returns>
        public LiveRange<TRow> Subscribe(Action<LiveRange<TRow>>? attach)
        {
            var range = new LiveRange<TRow>(Context, Parameters);
            attach?.Invoke(range);
            range.Start();
            return range;
        }

        /// <summary>Starts a live query and waits for its first rows.</summary>
        /// <param name="cancellationToken">Gives it up.</param>
        /// <returns>To be disposed.</returns>
        /// <exception cref="SubscriptionRefusedException">The server gives no rows.</exception>
        /// <exception cref="SchemaMismatchException">The server's rows are of another schema.</exception>
        /// <exception cref="ConnectionClosedException">The client has closed.</exception>
        /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
        public Task<LiveRange<TRow>> SubscribeAsync(CancellationToken cancellationToken = default) =>
            FirstRows.OfAsync<LiveRange<TRow>, TRow>(Subscribe(), cancellationToken);

        /// <summary>
        /// Reads the rows once. Waits for the connection, and asks again when the link drops. Over hetu.1, which has no
        /// such question, it is a live query that is ended with its first rows: <see cref="Page{TRow}.Count"/> and <see
        /// cref="Page{TRow}.Next"/> are always <c>null</c>, and <see cref="After"/> is refused.
        /// </summary>
        /// <param name="cancellationToken">Gives it up.</param>
        /// <exception cref="SubscriptionRefusedException">The server gives no rows.</exception>
        /// <exception cref="SchemaMismatchException">The server's rows are of another schema.</exception>
        /// <exception cref="FetchTimeoutException">
        /// No answer came within <see cref="HetuOptions.CallTimeout"/>.
        /// </exception>
        /// <exception cref="ConnectionClosedException">The client has closed.</exception>
        /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
        public Task<Page<TRow>> FetchAsync(CancellationToken cancellationToken = default) =>
            new Fetch<TRow>(Context, Parameters, counts, after).RunAsync(cancellationToken);
    }
}
