#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// One subscription at the server, shared by all live queries with the same parameters, without the type of its
    /// rows. What came is put into the rows first and told later, so that all rows of a transaction are to be seen
    /// before anybody is told.
    /// </summary>
    internal abstract class Subscription : Request
    {
        private readonly Action<Subscription> settled;
        private volatile bool isCurrent;

        /// <param name="parameters">What it asks for.</param>
        /// <param name="key">Of the parameters.</param>
        /// <param name="settled">The answer has come.</param>
        private protected Subscription(QueryParameters parameters, byte[] key, Action<Subscription> settled)
        {
            Query = parameters;
            Key = key;
            this.settled = settled;
        }

        internal override AnswerKind Answer => AnswerKind.Subscription;

        internal QueryParameters Query { get; }

        internal byte[] Key { get; }

        /// <summary>What the server calls it; <c>null</c> while it gives no updates.</summary>
        internal SubscriptionId? Id { get; set; }

        /// <summary>Whether the rows are known to be what the server has.</summary>
        internal bool IsCurrent
        {
            get => isCurrent;
            private protected set => isCurrent = value;
        }

        internal Exception? Error { get; private protected set; }

        /// <summary>Whether it is written with the ids of its rows, so that only what changed is answered.</summary>
        internal bool IsResumed { get; set; }

        internal abstract int ObserverCount { get; }

        internal override void Write(MessagePackWriter writer, WireSchema wire)
        {
            var query = Query;
            ClientFrames.Subscribe(
                writer,
                wire,
                query.Component,
                query.IndexName,
                query.IndexNumber,
                query.Left,
                query.Right,
                query.Limit,
                query.Descending,
                IsResumed && wire.IsHetu2 ? HeldIds() : null);
        }

        internal override void Answered(ref ServerFrame frame)
        {
            if (frame.Kind == FrameKind.Refused)
            {
                Fail(new SubscriptionRefusedException(Query.Component.Name, Query.IndexName, frame.Code, frame.Reason));
            }
            else
            {
                Id = frame.Wire.IsHetu2
                    ? new SubscriptionId(frame.SubscriptionNumber)
                    : new SubscriptionId(frame.SubscriptionId.ToArray());
                Error = null;
                Begin(ref frame);
            }

            settled(this);
        }

        internal override void Unusable(SchemaMismatchException mismatch)
        {
            Fail(mismatch);
            settled(this);
        }

        /// <summary>Takes an update into the rows. <see cref="Tell"/> is to follow.</summary>
        /// <param name="body">In front of what has changed; behind it afterwards.</param>
        /// <param name="wire">Of the link.</param>
        internal abstract void Update(ref MessagePackReader body, WireSchema wire);

        /// <summary>The link has dropped.</summary>
        internal abstract void Lost();

        /// <summary>
        /// Puts the rows that the answer gave in the place of those that are shown. <see cref="Tell"/> is to follow.
        /// </summary>
        internal abstract void Replace();

        /// <summary>Tells the observers of what came in since the last time.</summary>
        internal abstract void Tell();

        /// <summary>Fails all observers; what they show stays as it is.</summary>
        internal abstract void Refuse(Exception error);

        /// <summary>Reads the rows that the answer gives, for <see cref="Replace"/>.</summary>
        private protected abstract void Begin(ref ServerFrame frame);

        /// <summary>Nothing that was shown is to be seen any more.</summary>
        private protected abstract void Fail(Exception error);

        /// <summary>The rows that are shown.</summary>
        private protected abstract long[]? HeldIds();
    }
}
