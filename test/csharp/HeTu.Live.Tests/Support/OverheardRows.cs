#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;

namespace HeTu.LiveTests.Support
{
    /// <summary>Counts what a server answers to subscriptions, from the bytes of hetu.2 without layers.</summary>
    internal sealed class OverheardRows
    {
        private const int Subscribed = 4;
        private const int CaughtUp = 5;

        private readonly object gate = new object();
        private int snapshots;
        private int caughtUp;
        private int rows;

        /// <summary>Answers with all rows, answers with a difference, and the rows of those differences.</summary>
        internal (int Snapshots, int CaughtUp, int Rows) Counts
        {
            get
            {
                lock (gate) return (snapshots, caughtUp, rows);
            }
        }

        internal void Reset()
        {
            lock (gate) snapshots = caughtUp = rows = 0;
        }

        internal void Take(ReadOnlySpan<byte> message)
        {
            var reader = new MessagePackReader(message);
            lock (gate)
            {
                while (!reader.AtEnd)
                {
                    var frame = (IReadOnlyList<object?>)reader.ReadUntyped()!;
                    if (frame.Count == 0) continue;
                    var kind = Convert.ToInt32(frame[0]);
                    if (kind == Subscribed) snapshots++;
                    if (kind != CaughtUp) continue;
                    caughtUp++;
                    rows += ((IReadOnlyList<object?>)frame[3]!).Sum(list => ((IReadOnlyList<object?>)list!).Count);
                }
            }
        }
    }
}
