#nullable enable

using System;
using System.Collections.Generic;
using HeTu.Kitchen;
using Xunit;

namespace HeTu.Generated.Tests
{
    public class ValueTests
    {
        private static readonly Point[] Points = { new Point(1, 2), new Point(double.PositiveInfinity, -0.5) };

        private static readonly int[][] Grid = { new[] { 1, 2 }, Array.Empty<int>() };

        [Fact]
        public void A_struct_comes_back_as_it_was_written()
        {
            var path = new Path(Points, Grid, Rank.Captain, "way", new byte[] { 1, 2, 3 });
            Assert.Equal(path, RoundTrip(path));
            Assert.Equal(path.GetHashCode(), RoundTrip(path).GetHashCode());
        }

        [Fact]
        public void Optional_fields_that_were_not_given_are_left_out()
        {
            var writer = new MessagePackWriter();
            Path.WireCodec.Write(writer, new Path(Points, Grid, Rank.Captain));
            Assert.Equal(0x83, writer.Written[0]);
            var path = RoundTrip(new Path(Points, Grid, Rank.Captain));
            Assert.Null(path.Name);
            Assert.Null(path.Tag);
        }

        [Fact]
        public void Structs_differ_when_an_element_of_a_list_does()
        {
            var path = new Path(Points, Grid, Rank.Captain);
            Assert.NotEqual(path, new Path(Points, new[] { new[] { 1, 3 }, Array.Empty<int>() }, Rank.Captain));
            Assert.NotEqual(path, new Path(new[] { Points[0] }, Grid, Rank.Captain));
            Assert.NotEqual(path, new Path(Points, Grid, Rank.Captain, tag: Array.Empty<byte>()));
        }

        [Theory]
        [MemberData(nameof(Refused))]
        public void What_the_schema_does_not_allow_is_refused_with_its_place(Path path, string place)
        {
            var refused = Assert.Throws<SchemaValueException>(() => Path.WireCodec.Write(new MessagePackWriter(), path));
            Assert.Equal(place, refused.Path);
        }

        public static IEnumerable<object[]> Refused() => new[]
        {
            new object[] { new Path(Points, Grid, (Rank)4), "rank" },
            new object[] { new Path(Points, Grid, Rank.Captain, new string('x', 41)), "name" },
            new object[] { new Path(Points, Grid, Rank.Captain, null, new byte[9]), "tag" },
            new object[] { new Path(new Point[] { Points[0], null! }, Grid, Rank.Captain), "points[1]" },
            new object[] { new Path(null!, Grid, Rank.Captain), "points" },
            new object[] { new Path(Points, new[] { Grid[0], null! }, Rank.Captain), "grid[1]" },
        };

        [Fact]
        public void An_error_of_the_schema_is_an_exception_with_its_fields()
        {
            var writer = new MessagePackWriter();
            writer.WriteMapHeader(3);
            writer.WriteString("have");
            writer.WriteInt64(1);
            writer.WriteString("of a later version");
            writer.WriteNil();
            writer.WriteString("need");
            writer.WriteInt64(5);
            var reader = new MessagePackReader(writer.Written);
            var thrown = new NotEnoughGoldException.WireCodec("buy").Read(ref reader);
            Assert.Equal((5, 1), (thrown.Need, thrown.Have));
            Assert.Equal(("buy", "NotEnoughGold"), (thrown.System, thrown.Code));
            Assert.IsAssignableFrom<CallRejectedException>(thrown);
        }

        private static Path RoundTrip(Path path)
        {
            var writer = new MessagePackWriter();
            Path.WireCodec.Write(writer, path);
            var reader = new MessagePackReader(writer.Written);
            return Path.WireCodec.Instance.Read(ref reader);
        }
    }
}
