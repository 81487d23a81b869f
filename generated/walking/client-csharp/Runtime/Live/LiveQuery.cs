#nullable enable

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>
    /// What <see cref="LiveRange{TRow}"/> and <see cref="LiveRow{TRow}"/> have in common. Its members may be used from
    /// any thread. Handlers run on the client's loop: first all changes that came together are to be seen, then
    /// deletes, updates and inserts are told, each in the order of the index, and at last all of them together.
    /// </summary>
    /// <typeparam name="TRow">The component's rows.</typeparam>
    public abstract class LiveQuery<TRow> : IAsyncEnumerable<Change<TRow>>, IObservable<Change<TRow>>, IDisposable
        where TRow : class, IRow
    {
        private readonly ILiveContext context;

        private protected LiveQuery(ILiveContext context, QueryParameters<TRow> parameters)
        {
            this.context = context;
            Observer = new LiveObserver<TRow>(context, parameters);
            if (!context.WarnsOfLeaks) GC.SuppressFinalize(this);
        }

        /// <summary>Reports a query that was forgotten.</summary>
        ~LiveQuery()
        {
            // Fields of an object whose constructor has thrown are not set, and it is finalized all the same.
            LiveObserver<TRow>? observer = Observer;
            var to = context;
            if (observer != null && !observer.IsDisposed) to.Loop.Post(() => ReportLeak(observer, to));
        }

        /// <summary>
        /// A row has appeared; also each row of the first snapshot, for handlers that are attached before
        /// <see cref="Ready"/>.
        /// </summary>
        public event Action<TRow> OnInsert
        {
            add => Observer.Inserts.Add(value);
            remove => Observer.Inserts.Remove(value);
        }

        /// <summary>Columns of a row have changed: the row as it was, then as it is.</summary>
        public event Action<TRow, TRow> OnUpdate
        {
            add => Observer.Updates.Add(value);
            remove => Observer.Updates.Remove(value);
        }

        /// <summary>A row is gone, left the window, or may not be seen any more.</summary>
        public event Action<TRow> OnDelete
        {
            add => Observer.Deletes.Add(value);
            remove => Observer.Deletes.Remove(value);
        }

        /// <summary>
        /// All changes that came together, after the handlers for each of them. The list is used again: copy it to keep
        /// it.
        /// </summary>
        public event Action<ChangeList<TRow>> OnChange
        {
            add => Observer.Changes.Add(value);
            remove => Observer.Changes.Remove(value);
        }

        /// <summary>The link dropped: the rows stay, and may be out of date.</summary>
        public event Action OnStale
        {
            add => Observer.Stales.Add(value);
            remove => Observer.Stales.Remove(value);
        }

        /// <summary>
        /// The rows are up to date again, and the differences have been told: after a reconnect, or when a query that
        /// was refused is no more. A refused one is asked for again after calls that succeed, and after a reconnect.
        /// </summary>
        public event Action OnResynced
        {
            add => Observer.Resyncs.Add(value);
            remove => Observer.Resyncs.Remove(value);
        }

        /// <summary>
        /// The server refused the query (told once until it begins), sent what the schema does not know, or the client
        /// has closed.
        /// </summary>
        public event Action<Exception> OnError
        {
            add => Observer.Errors.Add(value);
            remove => Observer.Errors.Remove(value);
        }

        /// <summary>
        /// Ends with the first answer: well when the first rows are there, with a
        /// <see cref="SubscriptionRefusedException"/> when the server refuses the query, with a
        /// <see cref="ConnectionClosedException"/> when the client closes or the query is disposed before.
        /// </summary>
        public Task Ready => Observer.Ready;

        /// <summary>
        /// Whether the rows may be out of date: before the first snapshot, while the link is down, after the end.
        /// </summary>
        public bool IsStale => Observer.IsStale;

        /// <summary>
        /// Why there are no rows to be had; <c>null</c> when all is well. It may begin: <see cref="OnResynced"/>.
        /// </summary>
        public Exception? Error => Observer.Error;

        /// <summary>Whether it was ended by <see cref="Dispose"/>.</summary>
        public bool IsDisposed => Observer.IsDisposed;

        private protected LiveObserver<TRow> Observer { get; }

        /// <summary>Ends the query. Its handlers are not called again, the rows stay as they are.</summary>
        public void Dispose()
        {
            GC.SuppressFinalize(this);
            Observer.Dispose();
        }

        /// <summary>
        /// The rows as inserts, then every change. A loop that is slower than the changes gets them merged by row. It
        /// ends when the query is disposed or the client closes.
        /// </summary>
        /// <param name="cancellationToken">Ends the loop with an <see cref="OperationCanceledException"/>.</param>
        /// <exception cref="SubscriptionRefusedException">(From the loop.) The server refuses the query.</exception>
        /// <exception cref="SchemaMismatchException">
        /// (From the loop.) The server's rows are of another schema.
        /// </exception>
        public IAsyncEnumerator<Change<TRow>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            var stream = new ChangeStream<TRow>(this, Observer.Parameters.Component, context.Loop);
            context.Loop.Run(() => Observer.AddSink(stream));
            stream.EndWith(cancellationToken);
            return stream;
        }

        /// <summary>
        /// Tells the rows as inserts, then every change, on the loop. It completes when the query is disposed or the
        /// client closes, and fails when the server refuses the query.
        /// </summary>
        /// <param name="observer">What it throws goes to the client's <c>OnError</c>.</param>
        /// <returns>Disposing it ends the telling, not the query.</returns>
        public IDisposable Subscribe(IObserver<Change<TRow>> observer)
        {
            if (observer == null) throw new ArgumentNullException(nameof(observer));
            var sink = new ObserverSink<TRow>(this, observer, context.Report);
            context.Loop.Run(() => Observer.AddSink(sink));
            return sink;
        }

        /// <summary>Begins to ask for rows.</summary>
        internal void Start() => context.Loop.Run(Observer.Attach);

        internal void Forget(IChangeSink<TRow> sink) => context.Loop.Run(() => Observer.RemoveSink(sink));

        /// <summary>Must not mention the query itself, which is gone.</summary>
        private static void ReportLeak(LiveObserver<TRow> observer, ILiveContext context)
        {
            if (observer.IsDisposed || observer.Error is ConnectionClosedException) return;
            var source = observer.Parameters.Source;
            if (observer.IsObserved)
            {
                context.Warn(
                    $"a live query of {source} became garbage and still calls its handlers: keep it, and Dispose() it");
                return;
            }

            context.Warn($"a live query of {source} became garbage without Dispose(); it has been ended");
            observer.Dispose();
        }
    }
}
