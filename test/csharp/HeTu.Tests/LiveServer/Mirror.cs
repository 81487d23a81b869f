#nullable enable

using System.Collections.Generic;

namespace HeTu.Tests.LiveServer
{
    /// <summary>
    /// The rows of a live query as its callbacks alone tell them; each must make sense of what was told before.
    /// </summary>
    internal sealed class Mirror<TRow>
        where TRow : class, IRow
    {
        internal Mirror(LiveQuery<TRow> query)
        {
            query.OnInsert += row =>
            {
                if (!Rows.TryAdd(row.Id, row)) Mistakes.Add($"a second insert of {row}");
            };
            query.OnUpdate += (old, row) =>
            {
                if (Rows.GetValueOrDefault(row.Id) != old) Mistakes.Add($"an update of {row} from {old}");
                if (old.Equals(row)) Mistakes.Add($"an update of {row} that changes nothing");
                Rows[row.Id] = row;
            };
            query.OnDelete += old =>
            {
                if (Rows.GetValueOrDefault(old.Id) != old) Mistakes.Add($"a delete of {old}, never told so");
                Rows.Remove(old.Id);
            };
        }

        internal Dictionary<long, TRow> Rows { get; } = new Dictionary<long, TRow>();

        internal List<string> Mistakes { get; } = new List<string>();
    }
}
