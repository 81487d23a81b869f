#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Live
{
    public class LiveRangeTests
    {
        private readonly LiveHarness live = new LiveHarness();

        [Fact]
        public async Task A_live_range_asks_for_its_range_and_shows_the_rows_in_the_order_of_the_index()
        {
            var range = live.Accounts.Range(Account.Index.Number, 1, 9).Limit(5).Subscribe();
            var told = Told.By(range);
            Assert.Equal(new[] { "[sub Account range number 1 9 5 False True]" }, live.Link.TakeSent());
            Assert.Empty(range.Rows);
            Assert.True(range.IsStale);
            live.Subscribed("A1", new Account(11, 3), new Account(10, 2, 7));
            await range.Ready;
            Assert.Equal(new[] { "2=7", "3=0" }, range.Rows.Select(row => row.ToString()));
            Assert.False(range.IsStale);
            Assert.Equal(new[] { "+2=7", "+3=0" }, told);
        }

        [Fact]
        public void Deletes_then_updates_then_inserts_are_told_when_all_of_them_are_to_be_seen()
        {
            var range = live.Accounts.Range(Account.Index.Number, 1, 9).Subscribe();
            live.Subscribed("A1", new Account(1, 1), new Account(2, 2), new Account(3, 3));
            var told = Told.By(range);
            var kinds = new List<ChangeKind>();
            range.OnChange += changes => kinds.AddRange(changes.Select(change => change.Kind));
            range.OnDelete += _ => told.Add("rows " + string.Join(",", range.Rows.Select(row => row.Number)));
            live.Updated(
                "A1", (5, new Account(5, 4)), (2, new Account(2, 9)), (1, null), (3, new Account(3, 3, 1)));
            Assert.Equal(new[] { "-1", "rows 3,4,9", "3=0→3=1", "2=0→9=0", "+4=0" }, told);
            Assert.Equal(
                new[] { ChangeKind.Delete, ChangeKind.Update, ChangeKind.Update, ChangeKind.Insert }, kinds);
        }

        [Fact]
        public void Rows_are_the_same_objects_while_they_do_not_change()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A1", new Account(1, 1), new Account(2, 2));
            var rows = range.Rows;
            Assert.Same(rows, range.Rows);
            live.Updated("A1", (2, new Account(2, 5)));
            Assert.NotSame(rows, range.Rows);
            Assert.Same(rows[0], range.Rows[0]);
            Assert.Equal(2, rows[1].Number);
            Assert.Equal(5, range.Rows[1].Number);
            Assert.Throws<ArgumentOutOfRangeException>(() => rows[2]);
        }

        [Fact]
        public void An_update_that_changes_no_column_is_not_told()
        {
            var range = live.ByNumber.Subscribe();
            live.Subscribed("A1", new Account(1, 1));
            var told = Told.By(range);
            var rows = range.Rows;
            live.Updated("A1", (1, new Account(1, 1)));
            Assert.Same(rows, range.Rows);
            live.Updated("A1", (1, new Account(1, 1, 5)));
            Assert.Equal(new[] { "1=0→1=5" }, told);
        }

        [Fact]
        public void A_descending_range_shows_the_greatest_first()
        {
            var range = live.ByNumber.Descending().Subscribe();
            Assert.Equal(
                new[] { "[sub Account range number -Infinity Infinity 1000 True True]" }, live.Link.TakeSent());
            live.Subscribed("A1", new Account(2, 2), new Account(1, 1));
            live.Updated("A1", (3, new Account(3, 3)));
            Assert.Equal(new[] { 3, 2, 1 }, range.Rows.Select(row => row.Number));
        }

        [Fact]
        public void Bounds_and_limits_that_make_no_sense_are_refused_before_anything_is_sent()
        {
            var wrong = Assert.Throws<SchemaValueException>(
                () => live.Items.Where(Item.Index.Name, "a text that is longer than it may be"));
            Assert.Equal("Item.name", wrong.Path);
            Assert.Throws<SchemaValueException>(() => live.Items.Range(Item.Index.Weight, float.NaN, 1f));
            var limit = Assert.Throws<SchemaValueException>(() => live.ByNumber.Limit(0));
            Assert.Equal("Account.number must be limited to a whole number from 1; got 0", limit.Message);
            Assert.Empty(live.Link.Sent);
        }

        public static TheoryData<string, string> Bounds() => new TheoryData<string, string>
        {
            { "a value", "1 2" },
            { "one value", "1 1" },
            { "no left end", "-Infinity 2" },
            { "no end of text", "a []" },
            { "exclusive numbers", "(1 (2" },
            { "exclusive text", "(a ((b" },
            { "text that looks marked", "[(a [[b" },
            { "no bounds of two columns", "[] []" },
            { "a prefix", "[a] [a]" },
            { "both columns", "[a 1] [a 1]" },
            { "exclusive columns", "[a (1] [b]" },
        };

        [Theory]
        [MemberData(nameof(Bounds))]
        public void Bounds_are_sent_as_hetu_1_has_them(string name, string expected)
        {
            var query = name switch
            {
                "a value" => (object)live.Accounts.Range(Account.Index.Number, 1, 2).Subscribe(),
                "one value" => live.Accounts.Where(Account.Index.Number, 1).Subscribe(),
                "no left end" => live.Accounts.Range(Account.Index.Number, Bound<int>.Open, 2).Subscribe(),
                "no end of text" => live.Items.Range(Item.Index.Name, "a", Bound<string>.Open).Subscribe(),
                "exclusive numbers" =>
                    live.Accounts.Range(Account.Index.Number, Bound.Exclusive(1), Bound.Exclusive(2)).Subscribe(),
                "exclusive text" =>
                    live.Items.Range(Item.Index.Name, Bound.Exclusive("a"), Bound.Exclusive("(b")).Subscribe(),
                "text that looks marked" => live.Items.Range(Item.Index.Name, "(a", "[b").Subscribe(),
                "no bounds of two columns" => live.Items.Range(Item.Index.NameRank).Subscribe(),
                "a prefix" => live.Items.Where(Item.Index.NameRank, "a").Subscribe(),
                "both columns" => live.Items.Where(Item.Index.NameRank, "a", (byte)1).Subscribe(),
                _ => live.Items.Range(Item.Index.NameRank, Bound.Exclusive("a", (byte)1), "b").Subscribe(),
            };
            Assert.NotNull(query);
            Assert.Contains($" {expected} 1000 ", Assert.Single(live.Link.TakeSent()), StringComparison.Ordinal);
        }

        [Fact]
        public void A_live_row_is_live_before_its_row_exists_and_after_another_takes_its_key()
        {
            var row = live.Accounts.Where(Account.Index.Number, 7).Single();
            Assert.Equal(new[] { "[sub Account range number 7 7 1 False True]" }, live.Link.TakeSent());
            live.Subscribed("A7");
            Assert.Null(row.Row);
            Assert.False(row.IsStale);
            live.Updated("A7", (1, new Account(1, 7, 5)));
            Assert.Equal(5, row.Row!.Balance);
            live.Updated("A7", (1, null), (2, new Account(2, 7, 6)));
            Assert.Equal(2, row.Row.Id);
        }

        [Fact]
        public void A_copy_is_asked_for_by_its_name()
        {
            _ = new Query<Account>(live, Account.Component.Table("Shop")).Where(Account.Index.Id, 1L << 60).Single();
            Assert.Equal(
                new[] { "[sub Account:Shop range id 1152921504606846976 1152921504606846976 1 False True]" },
                live.Link.TakeSent());
        }

        [Fact]
        public void Rows_come_through_hetu_2_as_arrays_and_updates_as_masks_of_columns()
        {
            var hetu2 = new LiveHarness(isHetu2: true);
            var range = hetu2.ByNumber.Subscribe();
            Assert.Equal(new[] { "[3 0 1 -Infinity Infinity 1000 False]" }, hetu2.Link.TakeSent());
            hetu2.Subscribed("4", new Account(1, 1, 10), new Account(2, 2, 20));
            var told = Told.By(range);
            hetu2.Updated((4, Delta.Of(
                updates: new[] { Delta.Update(0b10, 1, 11), Delta.Update(0b11, 2, 3, 21) },
                inserts: new[] { hetu2.Row(new Account(5, 5)) },
                deletes: Array.Empty<long>())));
            Assert.Equal(new[] { "1=10→1=11", "2=20→3=21", "+5=0" }, told);
            hetu2.Updated((4, Delta.Of(deletes: new long[] { 1 })));
            Assert.Equal(new[] { 3, 5 }, range.Rows.Select(row => row.Number));
        }

        [Fact]
        public void A_transaction_over_several_queries_is_in_all_rows_before_the_first_handler_runs()
        {
            var hetu2 = new LiveHarness(isHetu2: true);
            var first = hetu2.ByNumber.Subscribe();
            var second = hetu2.Accounts.Range(Account.Index.Balance).Subscribe();
            hetu2.Subscribed("1");
            hetu2.Subscribed("2");
            var seen = new List<int>();
            first.OnInsert += _ => seen.Add(second.Rows.Count);
            second.OnInsert += _ => seen.Add(first.Rows.Count);
            var insert = Delta.Of(inserts: new[] { hetu2.Row(new Account(1, 1)) });
            hetu2.Updated((1, insert), (9, insert), (2, insert));
            Assert.Equal(new[] { 1, 1 }, seen);
        }

        [Fact]
        public void An_update_of_a_row_that_is_not_there_drops_the_link_and_what_came_before_it_is_told()
        {
            var hetu2 = new LiveHarness(isHetu2: true);
            var fine = hetu2.ByNumber.Subscribe();
            var broken = hetu2.Accounts.Range(Account.Index.Balance).Subscribe();
            hetu2.Subscribed("1");
            hetu2.Subscribed("2");
            var told = Told.By(fine);
            Assert.Throws<WireException>(() => hetu2.Updated(
                (1, Delta.Of(inserts: new[] { hetu2.Row(new Account(1, 1)) })),
                (2, Delta.Of(updates: new[] { Delta.Update(1, 8, 1) }))));
            Assert.Equal(new[] { "+1=0" }, told);
            Assert.Single(fine.Rows);
            Assert.Empty(broken.Rows);
        }
    }
}
