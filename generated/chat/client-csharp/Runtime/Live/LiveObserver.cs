#nullable enable

using System;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>
    /// The inner half of a live query: what the subscription holds on to. The application holds the outer half, so that
    /// it can become garbage when it is forgotten. Handlers may be attached on any thread; everything else that changes
    /// does so on the loop.
    /// </summary>
    internal sealed class LiveObserver<TRow> : ISubscriptionObserver<TRow>
        where TRow : class, IRow
    {
        private readonly ILiveContext context;
        private readonly TaskCompletionSource<bool> ready;

        /// <summary>Made once: handlers are called for every row.</summary>
        private readonly Action<Exception> report;

        private volatile Subscription<TRow>? subscription;
        private volatile Exception? error;
        private volatile bool isDisposed;
        private IChangeSink<TRow>[] sinks = Array.Empty<IChangeSink<TRow>>();

        /// <summary>Whether the first snapshot has been told.</summary>
        private bool hasStarted;

        internal LiveObserver(ILiveContext context, QueryParameters<TRow> parameters)
        {
            this.context = context;
            Parameters = parameters;
            report = context.Report;
            ready = new TaskCompletionSource<bool>(context.Loop.Continuations);
        }

        internal QueryParameters<TRow> Parameters { get; }

        internal Signal<TRow> Inserts { get; } = new Signal<TRow>();

        internal Signal<TRow, TRow> Updates { get; } = new Signal<TRow, TRow>();

        internal Signal<TRow> Deletes { get; } = new Signal<TRow>();

        internal Signal<ChangeList<TRow>> Changes { get; } = new Signal<ChangeList<TRow>>();

        internal Signal Stales { get; } = new Signal();

        internal Signal Resyncs { get; } = new Signal();

        internal Signal<Exception> Errors { get; } = new Signal<Exception>();

        internal Task Ready => ready.Task;

        internal Exception? Error => error;

        internal bool IsDisposed => isDisposed;

        internal bool IsStale => isDisposed || !(subscription?.IsCurrent ?? false);

        internal RowList<TRow> Rows => subscription?.View ?? RowList<TRow>.Empty;

        /// <summary>Whether anything would notice a change.</summary>
        internal bool IsObserved =>
            Inserts.Count + Updates.Count + Deletes.Count + Changes.Count + Errors.Count > 0;

        /// <summary>Nothing is told any more, not even the rest of what is being told: a handler has ended it.</summary>
        private bool IsOver => isDisposed || error is ConnectionClosedException;

        /// <summary>Begins to ask for rows. On the loop, once.</summary>
        internal void Attach()
        {
            if (isDisposed) return;
            var attached = context.Subscriptions.Attach(Parameters, this);
            subscription = attached;
            // A shared subscription has rows already: they are told once the application has attached its handlers.
            if (attached.IsCurrent) context.Loop.Post(StartIfCurrent);
        }

        public void OnCurrent()
        {
            if (IsOver) return;
            var isAgain = hasStarted || error != null;
            error = null;
            if (!hasStarted) Start();
            if (isAgain) Resyncs.Emit(report);
        }

        public void OnChanges(ChangeList<TRow> changes)
        {
            // Before the start, the rows are told as a whole.
            if (hasStarted && !IsOver) Tell(changes);
        }

        public void OnStale() => Stales.Emit(report);

        public void OnFailure(Exception failure)
        {
            if (isDisposed) return;
            // Refused again: nothing new.
            if (failure is SubscriptionRefusedException && error is SubscriptionRefusedException) return;
            error = failure;
            // Rows that go because the schema has changed are not to go in silence.
            if (failure is SchemaMismatchException && Errors.Count == 0) report(failure);
            Errors.Emit(failure, report);
            EndSinks(failure is ConnectionClosedException ? null : failure);
            Fail(failure);
        }

        /// <summary>Handlers are not called any more from now on; the rest happens on the loop.</summary>
        internal void Dispose()
        {
            if (isDisposed) return;
            isDisposed = true;
            Inserts.Clear();
            Updates.Clear();
            Deletes.Clear();
            Changes.Clear();
            Stales.Clear();
            Resyncs.Clear();
            Errors.Clear();
            context.Loop.Run(Detach);
        }

        /// <summary>Tells the rows that there are as inserts, then every change. On the loop.</summary>
        internal void AddSink(IChangeSink<TRow> sink)
        {
            if (hasStarted)
            {
                foreach (var row in Rows) sink.Push(new Change<TRow>(null, row));
            }

            if (isDisposed || error is ConnectionClosedException) sink.End(null);
            else if (error != null) sink.End(error);
            else if (!sink.HasEnded) sinks = Joined(sinks, sink);
        }

        /// <summary>On the loop.</summary>
        internal void RemoveSink(IChangeSink<TRow> sink) =>
            sinks = Array.FindAll(sinks, other => !ReferenceEquals(other, sink));

        private static IChangeSink<TRow>[] Joined(IChangeSink<TRow>[] sinks, IChangeSink<TRow> sink)
        {
            // A new array: those that are being told go on with theirs.
            var joined = new IChangeSink<TRow>[sinks.Length + 1];
            sinks.CopyTo(joined, 0);
            joined[sinks.Length] = sink;
            return joined;
        }

        private void Detach()
        {
            var attached = subscription;
            if (attached != null) context.Subscriptions.Detach(attached, this);
            Fail(new ConnectionClosedException("the live query was disposed before its first rows came"));
            EndSinks(null);
        }

        private void EndSinks(Exception? why)
        {
            var ended = sinks;
            sinks = Array.Empty<IChangeSink<TRow>>();
            foreach (var sink in ended) sink.End(why);
        }

        private void Fail(Exception failure)
        {
            // Who does not wait for it hears of a failure through OnError: reading it keeps it from being unobserved.
            if (ready.TrySetException(failure)) _ = ready.Task.Exception;
        }

        private void StartIfCurrent()
        {
            if (!hasStarted && !IsOver && !IsStale) Start();
        }

        private void Start()
        {
            hasStarted = true;
            var rows = Rows;
            // Those that begin in a handler find all of these rows.
            var told = sinks;
            foreach (var row in rows)
            {
                if (IsOver) return;
                Tell(new Change<TRow>(null, row), told);
            }

            if (IsOver) return;
            if (rows.Count > 0 && Changes.Count > 0)
            {
                var inserts = new ChangeList<TRow>(subscription!.Order, rows.Count);
                foreach (var row in rows) inserts.Add(new Change<TRow>(null, row));
                Changes.Emit(inserts, report);
            }

            // What awaits it goes on when everybody has been told.
            context.Loop.Post(() => ready.TrySetResult(true));
        }

        private void Tell(ChangeList<TRow> changes)
        {
            if (changes.Count == 0) return;
            var told = sinks;
            foreach (var change in changes)
            {
                if (IsOver) return;
                Tell(change, told);
            }

            if (!IsOver) Changes.Emit(changes, report);
        }

        private void Tell(in Change<TRow> change, IChangeSink<TRow>[] told)
        {
            switch (change.Kind)
            {
                case ChangeKind.Insert:
                    Inserts.Emit(change.Row!, report);
                    break;
                case ChangeKind.Update:
                    Updates.Emit(change.Old!, change.Row!, report);
                    break;
                default:
                    Deletes.Emit(change.Old!, report);
                    break;
            }

            foreach (var sink in told) sink.Push(change);
        }
    }
}
