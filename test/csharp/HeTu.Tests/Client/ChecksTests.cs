#nullable enable

using System;
using Xunit;

namespace HeTu.Tests.Client
{
    public class ChecksTests
    {
        [Fact]
        public void The_length_of_a_string_is_that_of_its_code_points()
        {
            Assert.Equal("😀😀", Checks.String("😀😀", 2, "a"));
            var refused = Assert.Throws<SchemaValueException>(() => Checks.String("😀😀", 1, "a.b"));
            Assert.Equal(("a.b", "a string of at most 1 characters"), (refused.Path, refused.Limit));
            Assert.Throws<SchemaValueException>(() => Checks.String(null, 1, "a"));
        }

        [Fact]
        public void Lone_surrogates_are_refused()
        {
            foreach (var text in new[] { "\ud800", "\udc00", "a\ud800b", "\udc00\ud800" })
            {
                var refused = Assert.Throws<SchemaValueException>(() => Checks.String(text, 10, "a"));
                Assert.Equal("a string without lone surrogates", refused.Limit);
            }
        }

        [Fact]
        public void Both_bounds_are_part_of_a_range_and_nan_is_outside_of_all()
        {
            Assert.Equal(1, Checks.Range(1, 1, 3, "a"));
            Assert.Equal(3, Checks.Range(3, 1, 3, "a"));
            Assert.Throws<SchemaValueException>(() => Checks.Range(4, 1, 3, "a"));
            Assert.Throws<SchemaValueException>(
                () => Checks.Range(double.NaN, double.NegativeInfinity, double.PositiveInfinity, "a"));
            Assert.Throws<SchemaValueException>(() => Checks.NotNaN(float.NaN, "a"));
        }

        [Fact]
        public void Timestamps_are_those_that_a_date_of_javascript_can_hold()
        {
            Assert.Equal(8_640_000_000_000_000, Checks.Timestamp(8_640_000_000_000_000, "a"));
            Assert.Throws<SchemaValueException>(() => Checks.Timestamp(-8_640_000_000_000_001, "a"));
        }

        [Fact]
        public void An_error_inside_of_a_list_names_the_element()
        {
            var refused = Assert.Throws<SchemaValueException>(() => Values.WriteList(
                new MessagePackWriter(),
                new[] { "a", "too long" },
                (writer, text) => writer.WriteString(Checks.String(text, 3, "")),
                "Receipt.notes"));
            Assert.Equal("Receipt.notes[1]", refused.Path);
            Assert.StartsWith(
                "Receipt.notes[1] must be a string of at most 3 characters; got \"too long\"",
                refused.Message,
                StringComparison.Ordinal);
        }
    }
}
