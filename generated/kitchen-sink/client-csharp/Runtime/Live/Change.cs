#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>One row that has appeared, changed or gone.</summary>
    /// <typeparam name="TRow">The component's rows.</typeparam>
    public readonly struct Change<TRow>
        where TRow : class, IRow
    {
        internal Change(TRow? old, TRow? row)
        {
            Old = old;
            Row = row;
        }

        /// <summary>The row as it was; <c>null</c> when it has appeared.</summary>
        public TRow? Old { get; }

        /// <summary>The row as it is; <c>null</c> when it is gone.</summary>
        public TRow? Row { get; }

        /// <summary>What has become of the row.</summary>
        public ChangeKind Kind =>
            Row == null ? ChangeKind.Delete : Old == null ? ChangeKind.Insert : ChangeKind.Update;

        /// <summary>The row as it is, or as it was when it is gone.</summary>
        public TRow Latest => Row ?? Old!;

        internal bool IsNone => Row == null && Old == null;

        /// <summary>Kind and id, for logs.</summary>
        public override string ToString() => IsNone ? "no change" : $"{Kind} of {Latest.Id}";

        /// <summary>
        /// The order in which changes that came together are told: deletes, updates, inserts; each in the order of the
        /// index. So a window never shows its application more rows than its limit.
        /// </summary>
        internal static int Compare(in Change<TRow> a, in Change<TRow> b, IComparer<TRow> order)
        {
            var byKind = Rank(a.Kind) - Rank(b.Kind);
            return byKind != 0 ? byKind : order.Compare(a.Latest, b.Latest);
        }

        private static int Rank(ChangeKind kind) => kind == ChangeKind.Delete ? 0 : kind == ChangeKind.Update ? 1 : 2;
    }
}
