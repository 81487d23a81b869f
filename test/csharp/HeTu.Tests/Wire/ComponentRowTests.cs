#nullable enable

using System;
using System.Collections.Generic;
using HeTu.World;
using Xunit;

namespace HeTu.Tests.Wire
{
    public class ComponentRowTests
    {
        private static readonly ComponentType<Position> Positions = WorldSchema.Instance.Component<Position>();

        [Fact]
        public void A_row_by_names_is_read_in_any_order_and_what_the_schema_does_not_know_is_skipped()
        {
            var row = Read(
                WireSchema.Hetu1(WorldSchema.Instance),
                new Dictionary<string, object?>
                {
                    ["news"] = new object?[] { 1, 2 },
                    ["y"] = 4.5,
                    ["owner"] = 9L,
                    ["x"] = 3,
                    ["id"] = 7L,
                    ["zone"] = 2,
                });
            Assert.Equal((7L, 9L, (ushort)2, 3f, 4.5f), (row.Id, row.Owner, row.Zone, row.X, row.Y));
        }

        [Fact]
        public void A_row_by_names_that_lacks_a_column_names_it()
        {
            var mismatch = Assert.Throws<SchemaMismatchException>(() => Read(
                WireSchema.Hetu1(WorldSchema.Instance),
                new Dictionary<string, object?> { ["id"] = 7L, ["owner"] = 9L, ["x"] = 3, ["y"] = 4 }));
            Assert.Equal("Position.zone", mismatch.Path);
        }

        [Fact]
        public void A_value_of_another_type_names_its_place()
        {
            var mismatch = Assert.Throws<SchemaMismatchException>(() => Read(
                WireSchema.Hetu2(WorldSchema.Instance, null),
                new object?[] { 7L, 9L, 70_000, 3f, 4f }));
            Assert.Equal("Position.zone", mismatch.Path);
        }

        [Fact]
        public void A_row_by_position_follows_the_servers_order_and_skips_its_new_columns()
        {
            var wire = Differing(
                new DescribedField("y", "f32"),
                new DescribedField("mood", "string"),
                new DescribedField("zone", "u16"),
                new DescribedField("owner", "i64"),
                new DescribedField("x", "f32"));
            var row = Read(wire, new object?[] { 7L, 4f, "fine", 2, 9L, 3f });
            Assert.Equal((7L, 9L, (ushort)2, 3f, 4f), (row.Id, row.Owner, row.Zone, row.X, row.Y));

            var writer = new MessagePackWriter();
            writer.WriteSingle(5f);
            writer.WriteString("better");
            writer.WriteSingle(6f);
            var reader = new MessagePackReader(writer.Written);
            var moved = Positions.ReadUpdate(row, 0b10011, ref reader, wire.For(Positions));
            Assert.True(reader.AtEnd);
            Assert.Equal((7L, 9L, (ushort)2, 6f, 5f), (moved.Id, moved.Owner, moved.Zone, moved.X, moved.Y));
            Assert.Equal(3f, row.X);
        }

        [Fact]
        public void A_component_with_columns_of_other_types_cannot_be_used_and_all_differences_are_told()
        {
            var wire = Differing(
                new DescribedField("owner", "string"),
                new DescribedField("x", "f32"),
                new DescribedField("y", "f64"));
            var mismatch = Assert.Throws<SchemaMismatchException>(
                () => wire.WriteComponent(new MessagePackWriter(), Positions));
            Assert.Equal("Position.owner", mismatch.Path);
            Assert.Contains(
                "Position.owner is i64 here and string on the server; Position.zone is not on the server; " +
                    "Position.y is f32 here and f64 on the server",
                mismatch.Message,
                StringComparison.Ordinal);
        }

        [Fact]
        public void Components_and_indexes_go_by_the_servers_numbers_and_copies_by_name()
        {
            var wire = Differing(
                new DescribedField("owner", "i64"),
                new DescribedField("zone", "u16"),
                new DescribedField("x", "f32"),
                new DescribedField("y", "f32"));
            var writer = new MessagePackWriter();
            wire.WriteComponent(writer, Positions);
            wire.WriteIndex(writer, Positions, "x", Position.Index.X.Number);
            wire.WriteIndex(writer, Positions, "owner", Position.Index.Owner.Number);
            wire.WriteComponent(writer, Positions.Table("Shop"));
            var reader = new MessagePackReader(writer.Written);
            Assert.Equal(1, reader.ReadInt32());
            Assert.Equal(1, reader.ReadInt32());
            Assert.Equal("owner", reader.ReadString());
            Assert.Equal("Position:Shop", reader.ReadString());
            Assert.Same(Positions.Table("Shop"), Positions.Table("Shop"));
        }

        private static WireSchema Differing(params DescribedField[] columns) => WireSchema.Hetu2(
            WorldSchema.Instance,
            new WireDescription(
                new[]
                {
                    new DescribedComponent("News", Array.Empty<DescribedField>(), Array.Empty<string>()),
                    new DescribedComponent("Position", columns, new[] { "x" }),
                },
                Array.Empty<DescribedCallable>(),
                Array.Empty<DescribedMessage>(),
                Array.Empty<DescribedMessage>()));

        private static Position Read(WireSchema wire, object row)
        {
            var writer = new MessagePackWriter();
            UntypedValue.Write(writer, row, "row");
            var reader = new MessagePackReader(writer.Written);
            var read = Positions.ReadRow(ref reader, wire.For(Positions));
            Assert.True(reader.AtEnd);
            return read;
        }
    }
}
