#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace HeTu.Tests.Live
{
    public class ChangeQueueTests
    {
        [Fact]
        public void A_reader_comes_to_the_same_rows_however_slowly_it_reads_and_little_waits_for_it()
        {
            for (var seed = 0; seed < 300; seed++)
            {
                var random = new Random(seed);
                var queue = new ChangeQueue<Account>(Account.Component);
                var truth = new Dictionary<long, Account>();
                var seen = new Dictionary<long, Account>();
                for (var step = 0; step < 200; step++)
                {
                    var id = random.Next(1, 9);
                    truth.TryGetValue(id, out var old);
                    var row = random.Next(3) == 0 ? null : new Account(id, random.Next(3));
                    if (row == null ? old != null : old == null || !Account.Component.Same(old, row))
                    {
                        if (row == null) truth.Remove(id);
                        else truth[id] = row;
                        queue.Push(new Change<Account>(old, row));
                    }

                    Assert.True(queue.Count <= 8, $"seed {seed}: {queue.Count} changes wait for 8 rows");
                    if (random.Next(4) == 0 && queue.TryTake(out var change)) Take(seen, change);
                }

                while (queue.TryTake(out var change)) Take(seen, change);
                Assert.Equal(
                    truth.Values.OrderBy(row => row.Id).Select(row => (row.Id, row.Number)),
                    seen.Values.OrderBy(row => row.Id).Select(row => (row.Id, row.Number)));
            }
        }

        private static void Take(Dictionary<long, Account> seen, Change<Account> change)
        {
            seen.TryGetValue(change.Latest.Id, out var before);
            Assert.Equal(before?.Number, change.Old?.Number);
            if (change.Row == null) seen.Remove(change.Latest.Id);
            else seen[change.Latest.Id] = change.Row;
        }
    }
}
