#nullable enable

using System;
using System.Linq;
using HeTu.Kitchen;
using Xunit;

namespace HeTu.Generated.Tests
{
    public class RowTests
    {
        [Fact]
        public void Has_each_column_with_its_own_type_and_keeps_enum_values_that_the_schema_does_not_have()
        {
            var row = Samples.Row(long.MaxValue, ushort.MaxValue, 1.5f, "\U0001F600", -1, new byte[] { 1, 2 });
            Assert.Equal(long.MaxValue, row.Id);
            Assert.True(row.Flag);
            Assert.Equal(sbyte.MinValue, row.Tiny);
            Assert.Equal(short.MinValue, row.Small);
            Assert.Equal(ushort.MaxValue, row.Zone);
            Assert.Equal(int.MinValue, row.Medium);
            Assert.Equal(byte.MaxValue, row.Byte);
            Assert.Equal(uint.MaxValue, row.Count);
            Assert.Equal(long.MinValue, row.Big);
            Assert.Equal(ulong.MaxValue, row.Huge);
            Assert.Equal(1.5f, row.X);
            Assert.Equal(double.NaN, row.Y);
            Assert.Equal(8_640_000_000_000_000, row.At);
            Assert.Equal("\U0001F600", row.Label);
            Assert.Equal(new byte[] { 1, 2 }, row.Raw);
            Assert.Equal((Rank)77, row.Rank);
            Assert.Equal(Mood.Angry, row.Mood);
        }

        [Fact]
        public void Is_equal_to_a_row_of_the_same_values_NaN_and_bytes_included()
        {
            var row = Samples.Row(1, 2, 0.5f, "a", raw: new byte[] { 3 });
            var same = Samples.Row(1, 2, 0.5f, "a", raw: new byte[] { 3 });
            Assert.Equal(row, same);
            Assert.Equal(row.GetHashCode(), same.GetHashCode());
            Assert.True(Everything.WireCodec.Instance.Same(row, same));
        }

        [Fact]
        public void Differs_when_one_column_does()
        {
            var row = Samples.Row(1, 2, 0.5f, "a");
            Assert.NotEqual(row, Samples.Row(2, 2, 0.5f, "a"));
            Assert.NotEqual(row, Samples.Row(1, 3, 0.5f, "a"));
            Assert.NotEqual(row, Samples.Row(1, 2, 0.25f, "a"));
            Assert.NotEqual(row, Samples.Row(1, 2, 0.5f, "b"));
            Assert.NotEqual(row, Samples.Row(1, 2, 0.5f, "a", raw: new byte[] { 0 }));
            Assert.False(row.Equals(null));
        }

        [Fact]
        public void Says_its_values_in_the_invariant_culture()
        {
            Assert.StartsWith("Everything { Id = 1, Flag = True, Tiny = -128,", Samples.Row(1).ToString(), StringComparison.Ordinal);
            Assert.Contains("X = 0.5, Y = NaN", Samples.Row(1, x: 0.5f).ToString(), StringComparison.Ordinal);
        }

        [Theory]
        [InlineData(null, false)]
        [InlineData(null, true)]
        [InlineData("ada@example.org", true)]
        public void Has_null_where_the_reader_is_not_the_owner(string? email, bool came)
        {
            Assert.Equal(email, Samples.Profile(email, came).Email);
        }

        [Fact]
        public void Is_ordered_by_an_index_as_at_the_server_with_ties_by_id()
        {
            var rows = new[]
            {
                Samples.Row(5, 1, 0f, "\U0001F600"),
                Samples.Row(4, 1, 0f, "\uFFFD"),
                Samples.Row(3, 1, -1f, "b"),
                Samples.Row(2, 0, 9f, "a"),
                Samples.Row(1, 1, 0f, "ab"),
            };
            Assert.Equal(new long[] { 2, 3, 1, 4, 5 }, Sorted(rows, Everything.Index.ZoneX));
            Assert.Equal(new long[] { 2, 1, 3, 4, 5 }, Sorted(rows, Everything.Index.ZoneLabel));
            Assert.Equal(new long[] { 1, 2, 3, 4, 5 }, Sorted(rows, Everything.Index.Rank));
        }

        [Fact]
        public void Names_its_indexes_and_numbers_them_as_the_description_does()
        {
            var described = KitchenSchema.Instance.Description.Components.Single(each => each.Name == "Everything");
            var index = Everything.Index.RankBigLabel;
            Assert.Equal("rank,big,label", described.Indexes[index.Number - 1]);
            Assert.Equal(index.Name, described.Indexes[index.Number - 1]);
            Assert.False(index.Unique);
            Assert.True(Everything.Index.ZoneLabel.Unique);
            Assert.Equal(0, Everything.Index.Id.Number);
        }

        private static long[] Sorted(Everything[] rows, Index<Everything> index)
        {
            var sorted = rows.ToArray();
            Array.Sort(sorted, index.Compare);
            return sorted.Select(row => row.Id).ToArray();
        }
    }
}
