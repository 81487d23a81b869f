#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace HeTu.Tests.Live
{
    public class UntypedQueryTests
    {
        [Fact]
        public void Rows_of_hetu_1_tell_their_columns_in_the_order_of_the_index()
        {
            var live = new LiveHarness();
            var range = Query(live, "Account", "number", 1, 999).Limit(100).Subscribe();
            Assert.Equal(new[] { "[sub Account range number 1 999 100 False True]" }, live.Link.TakeSent());
            live.Subscribed("A", new Account(10, 3), new Account(11, 2, 7));
            Assert.Equal(new object?[] { 2L, 3L }, range.Rows.Select(row => row["number"]));
            var row = range.Rows[0];
            Assert.Equal(new[] { "number", "balance" }, row.Columns);
            Assert.Equal((11L, 7L, 11L), (row.Id, row["balance"], row["id"]));
            Assert.Throws<KeyNotFoundException>(() => row["owner"]);
            var told = new List<string>();
            range.OnUpdate += (old, updated) => told.Add($"{old["number"]}→{updated["number"]}");
            live.Updated("A", (11, new Account(11, 2, 7)), (10, new Account(10, 1)));
            Assert.Equal(new[] { "3→1" }, told);
            Assert.Equal(new object?[] { 1L, 2L }, range.Rows.Select(each => each["number"]));
        }

        [Fact]
        public void Rows_of_hetu_2_have_the_names_of_the_servers_description()
        {
            var live = new LiveHarness(isHetu2: true);
            var range = Query(live, "Account", "number", null, null).Descending().Subscribe();
            Assert.Equal(new[] { "[3 0 number [] [] 1000 True]" }, live.Link.TakeSent());
            live.Subscribed("1", new Account(1, 1), new Account(2, 2));
            Assert.Equal(new[] { "number", "balance" }, range.Rows[0].Columns);
            Assert.Equal(2L, range.Rows[0]["number"]);
            var before = range.Rows[1];
            live.Updated((1, Delta.Of(updates: new[] { Delta.Update(0b10, 1, 50) })));
            Assert.Equal(50L, range.Rows[1]["balance"]);
            Assert.Equal(0L, before["balance"]);
        }

        [Fact]
        public void Rows_with_other_columns_than_those_before_tell_theirs()
        {
            var live = new LiveHarness();
            var range = Query(live, "Profile", "id", null, null).Subscribe();
            live.Subscribed("P", LiveHarness.List(
                Map(("id", 1L), ("name", "a"), ("secret", "s")), Map(("id", 2L), ("name", "b"))));
            Assert.Equal(new[] { "name", "secret" }, range.Rows[0].Columns);
            Assert.Equal(new[] { "name" }, range.Rows[1].Columns);
            Assert.False(range.Rows[1].TryGetValue("secret", out _));
        }

        [Fact]
        public void A_typed_and_an_untyped_query_of_the_same_range_each_get_rows_of_their_type()
        {
            var live = new LiveHarness();
            var typed = live.Accounts.Range(Account.Index.Number, 1, 9).Subscribe();
            var untyped = Query(live, "Account", "number", 1, 9).Subscribe();
            Assert.Equal(2, live.Link.TakeSent().Length);
            live.Subscribed("A", new Account(1, 1));
            live.Subscribed("A", new Account(1, 1));
            live.Updated("A", (1, new Account(1, 1, 5)));
            Assert.Equal(5, typed.Rows[0].Balance);
            Assert.Equal(5L, untyped.Rows[0]["balance"]);
            typed.Dispose();
            Assert.Empty(live.Link.TakeSent());
            untyped.Dispose();
            Assert.Equal(new[] { "[unsub A]" }, live.Link.TakeSent());
        }

        [Fact]
        public void Values_are_ordered_as_the_servers_index_is()
        {
            var ordered = new object?[]
            {
                null, false, true, double.NegativeInfinity, -1L, 0.5, 1L, long.MaxValue, ulong.MaxValue, "", "a", "ab",
                "\uffff", "\U0001f600",
            };
            for (var a = 0; a < ordered.Length; a++)
            {
                for (var b = 0; b < ordered.Length; b++)
                {
                    Assert.Equal(a.CompareTo(b), Math.Sign(UntypedOrder.Compare(ordered[a], ordered[b])));
                }
            }
        }

        [Fact]
        public void A_bound_that_does_not_travel_is_refused()
        {
            var wrong = Assert.Throws<SchemaValueException>(
                () => Query(new LiveHarness(), "Account", "number", new object(), 1));
            Assert.Equal("Account.number", wrong.Path);
        }

        private static RangeQuery<UntypedRow> Query(
            LiveHarness live,
            string component,
            string index,
            object? left,
            object? right) =>
            UntypedQuery.Of(live, new UntypedComponent(component), index, left, right);

        private static FrameWriter Map(params (string Name, object Value)[] fields) =>
            writer =>
            {
                writer.WriteMapHeader(fields.Length);
                foreach (var (name, value) in fields)
                {
                    writer.WriteString(name);
                    if (value is long number) writer.WriteInt64(number);
                    else writer.WriteString((string)value);
                }
            };
    }
}
