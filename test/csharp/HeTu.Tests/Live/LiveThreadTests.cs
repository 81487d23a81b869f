#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Live
{
    public class LiveThreadTests
    {
        private const int Rows = 50;
        private readonly LiveHarness live = new LiveHarness();

        [Fact]
        public async Task Rows_that_other_threads_read_while_updates_come_are_those_of_one_moment()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A", Enumerable.Range(1, Rows).Select(id => new Account(id, id)).ToArray());
            using var stop = new CancellationTokenSource();
            var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => Read(range, stop.Token))).ToArray();
            var random = new Random(7);
            for (long round = 1; round <= 2_000; round++)
            {
                // Each update moves all rows and gives all of them the same balance: a mixture would show.
                var numbers = Enumerable.Range(1, Rows).OrderBy(_ => random.Next()).ToArray();
                live.Updated("A", All(id => new Account(id, numbers[id - 1], round)));
            }

            stop.Cancel();
            var reads = await Task.WhenAll(readers);
            Assert.All(reads, read => Assert.True(read > 0));
        }

        [Fact]
        public async Task Queries_and_handlers_of_other_threads_are_taken_over_by_the_loop()
        {
            // This thread is the loop from now on.
            live.Tick();
            var told = 0;
            var subscribed = Task.Run(() =>
            {
                for (var at = 0; at < 500; at++)
                {
                    using var range = live.ByNumber.Subscribe(
                        query => query.OnInsert += _ => Interlocked.Increment(ref told));
                    range.OnDelete += _ => { };
                    _ = range.Rows.Count;
                }
            });
            while (!subscribed.IsCompleted) Answer();
            await subscribed;
            live.Tick();
            Answer();
            Assert.Empty(live.Reported);
            Assert.Empty(live.Link.TakeSent());
            using var last = live.ByNumber.Subscribe();
            live.Tick();
            Assert.Single(live.Link.TakeSent());
            live.Subscribed("A", new Account(1, 1));
            Assert.Single(last.Rows);
        }

        [Fact]
        public async Task A_loop_on_another_thread_sees_every_row_come_to_its_last_state()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A", Enumerable.Range(1, Rows).Select(id => new Account(id, id)).ToArray());
            var reader = Task.Run(async () =>
            {
                var last = new Dictionary<long, long>();
                await foreach (var change in range)
                {
                    last[change.Latest.Id] = change.Latest.Balance;
                    if (last.Count == Rows && last.Values.All(balance => balance == 300)) break;
                }

                return last;
            });
            for (long round = 1; round <= 300; round++)
            {
                var balance = round;
                live.Updated("A", All(id => new Account(id, id, balance)));
            }

            while (!reader.IsCompleted)
            {
                live.Tick();
                await Task.Yield();
            }

            Assert.Equal(Rows, (await reader).Count);
        }

        private static (long Id, Account? Row)[] All(Func<int, Account> row) =>
            Enumerable.Range(1, Rows).Select(id => ((long)id, (Account?)row(id))).ToArray();

        /// <summary>Answers what was asked, until nothing more is.</summary>
        private void Answer()
        {
            live.Tick();
            var sent = live.Link.TakeSent();
            foreach (var frame in sent)
            {
                if (frame.StartsWith("[sub", StringComparison.Ordinal)) live.Subscribed("A", new Account(1, 1));
            }

            if (sent.Length > 0) Answer();
        }

        private static long Read(LiveRange<Account> range, CancellationToken stop)
        {
            long reads = 0;
            do
            {
                var rows = range.Rows;
                Assert.Equal(Rows, rows.Count);
                var balance = rows[0].Balance;
                var number = 0;
                foreach (var row in rows)
                {
                    Assert.Equal(balance, row.Balance);
                    Assert.Equal(++number, row.Number);
                }

                reads++;
            }
            while (!stop.IsCancellationRequested);

            return reads;
        }
    }
}
