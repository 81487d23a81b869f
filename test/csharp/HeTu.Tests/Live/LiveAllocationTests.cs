#nullable enable

using System;
using System.Linq;
using Xunit;

namespace HeTu.Tests.Live
{
    /// <summary>Bytes, not times: they do not depend on what else the machine does.</summary>
    public class LiveAllocationTests
    {
        private const int Rows = 1_000;

        /// <summary>Header and method table, id, balance, number and padding.</summary>
        private const int RowBytes = 16 + 8 + 8 + 8;

        /// <summary>For a whole update, whatever its size: sorting makes a delegate or two.</summary>
        private const int UpdateBytes = 1_024;

        [Theory]
        [InlineData(false)]
        [InlineData(true)]
        public void An_update_allocates_the_rows_that_it_brings_and_nothing_else_for_each(bool isHetu2)
        {
            var live = new LiveHarness(isHetu2);
            var range = live.ByNumber.Subscribe();
            live.Subscribed(isHetu2 ? "1" : "A", All(0));
            long told = 0;
            range.OnUpdate += (_, row) => told += row.Balance;
            range.OnChange += changes => told += changes.Count;
            var updates = Enumerable.Range(1, 20)
                .Select(balance => live.Recorded(isHetu2 ? "1" : "A", All(balance)))
                .ToArray();
            long allocated = 0;
            live.Run(() =>
            {
                // The first ones make the lists that the others use again.
                foreach (var update in updates.Take(10)) update.Play();
                var before = GC.GetAllocatedBytesForCurrentThread();
                foreach (var update in updates.Skip(10)) update.Play();
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            });
            Assert.Equal(20 * Rows + Rows * Enumerable.Range(1, 20).Sum(), told);
            Assert.InRange(allocated, 10 * Rows * RowBytes, 10 * (Rows * RowBytes + UpdateBytes));
        }

        [Fact]
        public void An_update_of_a_few_columns_allocates_one_row_for_each()
        {
            var live = new LiveHarness(isHetu2: true);
            var range = live.ByNumber.Subscribe();
            live.Subscribed("1", All(0));
            var updates = Enumerable.Range(1, 20)
                .Select(balance => live.Recorded(Delta.Of(
                    updates: Enumerable.Range(1, Rows).Select(id => Delta.Update(0b10, id, balance)).ToArray())))
                .ToArray();
            long allocated = 0;
            live.Run(() =>
            {
                foreach (var update in updates.Take(10)) update.Play();
                var before = GC.GetAllocatedBytesForCurrentThread();
                foreach (var update in updates.Skip(10)) update.Play();
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            });
            Assert.Equal(20, range.Rows[Rows - 1].Balance);
            Assert.InRange(allocated, 10 * Rows * RowBytes, 10 * (Rows * RowBytes + UpdateBytes));
        }

        [Theory]
        [InlineData(false)]
        [InlineData(true)]
        public void First_rows_allocate_themselves_and_their_places_in_the_order_and_by_id(bool isHetu2)
        {
            // A reference in the order; by id an entry of 24 bytes and a bucket of 4, and up to a fifth of them is spare.
            const int PlaceBytes = 8 + 34;
            var live = new LiveHarness(isHetu2);
            var other = live.Accounts.Range(Account.Index.Number, 0, int.MaxValue).Subscribe();
            var answer = live.RecordedAnswer(All(1));
            live.Run(answer.Play);
            var range = live.ByNumber.Subscribe();
            long told = 0;
            range.OnInsert += _ => told++;
            var second = live.RecordedAnswer(All(1));
            long allocated = 0;
            live.Run(() =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                second.Play();
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            });
            Assert.Equal(Rows, told);
            Assert.Equal(Rows, other.Rows.Count);
            Assert.InRange(allocated, Rows * RowBytes, Rows * (RowBytes + PlaceBytes) + 2 * UpdateBytes);
        }

        private static Account[] All(int balance) =>
            Enumerable.Range(1, Rows).Select(id => new Account(id, id, balance)).ToArray();
    }
}
