#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>One subscription at the server and the rows that it gives.</summary>
    internal sealed class Subscription<TRow> : Subscription
        where TRow : class, IRow
    {
        private readonly ComponentType<TRow> component;
        private readonly List<ISubscriptionObserver<TRow>> observers = new List<ISubscriptionObserver<TRow>>();
        private readonly RowChanges<TRow> read;

        /// <summary>Applied and not told yet.</summary>
        private readonly ChangeList<TRow> changes;
        private volatile RowSet<TRow> rows;

        /// <summary>What will replace the rows: after a reconnect, once all subscriptions have their answers.</summary>
        private RowSet<TRow>? next;

        /// <summary>Whether there ever were rows to be seen: before, nobody can be told of a difference.</summary>
        private bool hasShown;

        /// <summary>
        /// Whether the rows were current when the link dropped: those that were not are behind the position that the
        /// session would resume at.
        /// </summary>
        private bool wasCurrent;
        private Outcome outcome;

        internal Subscription(QueryParameters<TRow> parameters, byte[] key, Action<Subscription> settled)
            : base(parameters, key, settled)
        {
            component = parameters.Component;
            Order = new RowOrder<TRow>(parameters.Index, parameters.Descending);
            read = new RowChanges<TRow>(component);
            changes = new ChangeList<TRow>(Order);
            rows = new RowSet<TRow>(Order);
        }

        /// <summary>What is to be told apart from changes.</summary>
        private enum Outcome
        {
            None,
            Current,
            Failure,
        }

        internal RowOrder<TRow> Order { get; }

        /// <summary>From any thread.</summary>
        internal RowList<TRow> View => rows.View;

        internal override int ObserverCount => observers.Count;

        internal void Add(ISubscriptionObserver<TRow> observer) => observers.Add(observer);

        /// <returns>Whether it was there.</returns>
        internal bool Remove(ISubscriptionObserver<TRow> observer) => observers.Remove(observer);

        internal override void Update(ref MessagePackReader body, WireSchema wire)
        {
            if (Error != null)
            {
                body.Skip();
                return;
            }

            var start = body;
            try
            {
                var known = wire.For(component);
                if (wire.IsHetu2) read.ReadDelta(ref body, known, next ?? rows);
                else read.ReadMap(ref body, known);
            }
            catch (SchemaMismatchException mismatch)
            {
                body = start;
                body.Skip();
                Fail(mismatch);
                Replace();
                return;
            }

            if (next != null)
            {
                read.Apply(next, null);
                return;
            }

            read.Apply(rows, changes);
            changes.Sort();
        }

        internal override void Lost()
        {
            wasCurrent = IsCurrent;
            Id = null;
            IsCurrent = false;
            next = null;
            if (!wasCurrent) return;
            foreach (var observer in observers.ToArray()) observer.OnStale();
        }

        internal override void Replace()
        {
            var replacement = next;
            if (replacement == null) return;
            next = null;
            if (hasShown) Compare(replacement);
            else rows = replacement;
            hasShown |= Error == null;
            IsCurrent = Error == null;
            outcome = Error == null ? Outcome.Current : Outcome.Failure;
        }

        internal override void Tell()
        {
            if (observers.Count == 1)
            {
                Tell(observers[0]);
            }
            else
            {
                // Handlers may dispose queries and start others.
                foreach (var observer in observers.ToArray()) Tell(observer);
            }

            changes.Clear();
            outcome = Outcome.None;
        }

        internal override void Refuse(Exception error)
        {
            foreach (var observer in observers.ToArray()) observer.OnFailure(error);
        }

        private protected override void Begin(ref ServerFrame frame)
        {
            try
            {
                var wire = frame.Wire.For(component);
                if (frame.Kind == FrameKind.CaughtUp)
                {
                    next = rows.Clone();
                    read.ReadDelta(ref frame.Body, wire, next);
                    read.Apply(next, null);
                }
                else
                {
                    next = RowSet<TRow>.Read(ref frame.Body, component, wire, Order);
                }
            }
            catch (SchemaMismatchException mismatch)
            {
                Fail(mismatch);
            }
        }

        private protected override void Fail(Exception error)
        {
            Error = error;
            IsCurrent = false;
            next = new RowSet<TRow>(Order);
        }

        private protected override long[]? HeldIds()
        {
            if (!wasCurrent || Error != null) return null;
            var ids = new long[rows.Count];
            for (var at = 0; at < ids.Length; at++) ids[at] = rows[at].Id;
            return ids;
        }

        private void Tell(ISubscriptionObserver<TRow> observer)
        {
            if (changes.Count > 0) observer.OnChanges(changes);
            if (outcome == Outcome.Current) observer.OnCurrent();
            else if (outcome == Outcome.Failure) observer.OnFailure(Error!);
        }

        /// <summary>
        /// Finds the difference to the rows that are shown, and keeps the objects of those that did not change.
        /// </summary>
        private void Compare(RowSet<TRow> replacement)
        {
            for (var at = 0; at < rows.Count; at++)
            {
                if (replacement.Find(rows[at].Id) == null) changes.Add(new Change<TRow>(rows[at], null));
            }

            for (var at = 0; at < replacement.Count; at++)
            {
                var row = replacement[at];
                var old = rows.Find(row.Id);
                if (old != null && component.Same(old, row)) replacement.Keep(at, old);
                else changes.Add(new Change<TRow>(old, row));
            }

            if (changes.Count == 0) return;
            changes.Sort();
            rows = replacement;
        }
    }
}
