#nullable enable

using System.Collections.Generic;

namespace HeTu.Tests.Live
{
    /// <summary>Everything that a live query tells, as short texts.</summary>
    internal static class Told
    {
        internal static List<string> By(LiveQuery<Account> query)
        {
            var told = new List<string>();
            query.OnInsert += row => told.Add($"+{row}");
            query.OnUpdate += (old, row) => told.Add($"{old}→{row}");
            query.OnDelete += old => told.Add($"-{old.Number}");
            query.OnStale += () => told.Add("stale");
            query.OnResynced += () => told.Add("resynced");
            query.OnError += error => told.Add(error.GetType().Name);
            return told;
        }
    }
}
