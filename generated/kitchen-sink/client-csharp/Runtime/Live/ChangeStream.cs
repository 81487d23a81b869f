#nullable enable

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace HeTu
{
    /// <summary>
    /// Changes on their way to an <c>await foreach</c> that may be slower than they come. Changes are put in on the
    /// loop, and the reader may be on any thread.
    /// </summary>
    internal sealed class ChangeStream<TRow> : IAsyncEnumerator<Change<TRow>>, IChangeSink<TRow>, IValueTaskSource<bool>
        where TRow : class, IRow
    {
        private readonly object gate = new object();
        private readonly ChangeQueue<TRow> queue;
        private readonly Loop loop;
        private readonly Action wake;

        /// <summary>Mentions the query, so that it is not garbage while somebody loops over it.</summary>
        private readonly LiveQuery<TRow> query;
        private CancellationTokenRegistration cancellation;
        private ManualResetValueTaskSourceCore<bool> reader;
        private bool isWaiting;
        private bool isWaking;
        private bool hasEnded;
        private Exception? error;
        private Change<TRow> current;

        /// <param name="query">Whose changes they are.</param>
        /// <param name="component">Tells whether two rows are the same.</param>
        /// <param name="loop">Where the reader wakes up, when everybody else has been told.</param>
        internal ChangeStream(LiveQuery<TRow> query, ComponentType<TRow> component, Loop loop)
        {
            this.query = query;
            queue = new ChangeQueue<TRow>(component);
            this.loop = loop;
            reader.RunContinuationsAsynchronously = loop.Continuations != TaskCreationOptions.None;
            wake = Wake;
        }

        public Change<TRow> Current => current;

        bool IChangeSink<TRow>.HasEnded => hasEnded;

        /// <summary>Ends the loop with an OperationCanceledException when the token is cancelled.</summary>
        internal void EndWith(CancellationToken cancellationToken)
        {
            if (!cancellationToken.CanBeCanceled) return;
            cancellation = cancellationToken.Register(
                () => Abandon(new OperationCanceledException(cancellationToken)));
        }

        public void Push(in Change<TRow> change)
        {
            lock (gate)
            {
                if (hasEnded) return;
                queue.Push(change);
                WakeLater();
            }
        }

        /// <summary>
        /// No more changes will come. What waits is still read, then the loop ends, or throws the error.
        /// </summary>
        public void End(Exception? why)
        {
            lock (gate)
            {
                if (hasEnded) return;
                hasEnded = true;
                error = why;
            }

            // The loop may not run any more once the client has closed.
            loop.Run(wake);
        }

        public ValueTask<bool> MoveNextAsync()
        {
            lock (gate)
            {
                if (isWaiting)
                {
                    throw new InvalidOperationException("MoveNextAsync was called before the last one had settled");
                }

                if (queue.TryTake(out current)) return new ValueTask<bool>(true);

                if (hasEnded)
                {
                    var failure = error;
                    error = null;
                    return failure == null
                        ? new ValueTask<bool>(false)
                        : new ValueTask<bool>(Task.FromException<bool>(failure));
                }

                reader.Reset();
                isWaiting = true;
                return new ValueTask<bool>(this, reader.Version);
            }
        }

        /// <summary>The reader has left the loop.</summary>
        public ValueTask DisposeAsync()
        {
            Abandon(null);
            cancellation.Dispose();
            query.Forget(this);
            return default;
        }

        bool IValueTaskSource<bool>.GetResult(short token) => reader.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => reader.GetStatus(token);

        void IValueTaskSource<bool>.OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
            reader.OnCompleted(continuation, state, token, flags);
        }

        /// <summary>Ends it without what waits.</summary>
        private void Abandon(Exception? why)
        {
            lock (gate)
            {
                queue.Clear();
                if (hasEnded) error = null;
            }

            End(why);
        }

        private void WakeLater()
        {
            if (!isWaiting || isWaking) return;
            isWaking = true;
            loop.Post(wake);
        }

        private void Wake()
        {
            bool isMore;
            Exception? failure;
            lock (gate)
            {
                isWaking = false;
                if (!isWaiting) return;
                isMore = queue.TryTake(out current);
                if (!isMore && !hasEnded) return;
                isWaiting = false;
                failure = isMore ? null : error;
                if (!isMore) error = null;
            }

            if (failure == null) reader.SetResult(isMore);
            else reader.SetException(failure);
        }
    }
}
