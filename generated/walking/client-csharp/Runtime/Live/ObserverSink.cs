#nullable enable

using System;

namespace HeTu
{
    /// <summary>Hands the changes of a live query to an <see cref="IObserver{T}"/>, on the loop.</summary>
    internal sealed class ObserverSink<TRow> : IChangeSink<TRow>, IDisposable
        where TRow : class, IRow
    {
        /// <summary>Mentions the query, so that it is not garbage while somebody observes it.</summary>
        private readonly LiveQuery<TRow> query;
        private readonly IObserver<Change<TRow>> observer;
        private readonly Action<Exception> report;
        private volatile bool hasEnded;

        /// <param name="query">Whose changes they are.</param>
        /// <param name="observer">Takes them.</param>
        /// <param name="report">Takes what the observer throws.</param>
        internal ObserverSink(LiveQuery<TRow> query, IObserver<Change<TRow>> observer, Action<Exception> report)
        {
            this.query = query;
            this.observer = observer;
            this.report = report;
        }

        public bool HasEnded => hasEnded;

        public void Push(in Change<TRow> change)
        {
            if (hasEnded) return;
            try
            {
                observer.OnNext(change);
            }
            catch (Exception thrown)
            {
                report(thrown);
            }
        }

        public void End(Exception? error)
        {
            if (hasEnded) return;
            hasEnded = true;
            try
            {
                if (error == null) observer.OnCompleted();
                else observer.OnError(error);
            }
            catch (Exception thrown)
            {
                report(thrown);
            }
        }

        public void Dispose()
        {
            hasEnded = true;
            query.Forget(this);
        }
    }
}
