#nullable enable

using System;
using System.Collections.Generic;
using Xunit;

namespace HeTu.Tests.Wire
{
    public class MessagePackReaderTests
    {
        private delegate object? Read(ref MessagePackReader reader);

        [Theory]
        [InlineData(0)]
        [InlineData(127)]
        [InlineData(128)]
        [InlineData(255)]
        [InlineData(256)]
        [InlineData(65_535)]
        [InlineData(65_536)]
        [InlineData(4_294_967_295)]
        [InlineData(4_294_967_296)]
        [InlineData(long.MaxValue)]
        [InlineData(-1)]
        [InlineData(-32)]
        [InlineData(-33)]
        [InlineData(-128)]
        [InlineData(-129)]
        [InlineData(-32_768)]
        [InlineData(-32_769)]
        [InlineData(int.MinValue)]
        [InlineData(int.MinValue - 1L)]
        [InlineData(long.MinValue)]
        public void A_whole_number_is_read_as_it_was_written(long value)
        {
            var writer = new MessagePackWriter();
            writer.WriteInt64(value);
            var reader = new MessagePackReader(writer.Written);
            Assert.Equal(value, reader.ReadInt64());
            Assert.True(reader.AtEnd);
            Assert.Equal(1, MessagePackReader.CountValues(writer.Written));
        }

        [Fact]
        public void Numbers_at_the_ends_of_every_type_are_read()
        {
            var writer = new MessagePackWriter();
            writer.WriteUInt64(ulong.MaxValue);
            writer.WriteInt64(sbyte.MinValue);
            writer.WriteInt64(short.MinValue);
            writer.WriteInt64(byte.MaxValue);
            writer.WriteInt64(ushort.MaxValue);
            writer.WriteInt64(uint.MaxValue);
            writer.WriteSingle(float.MaxValue);
            writer.WriteDouble(double.Epsilon);
            writer.WriteInt64(3);
            writer.WriteDouble(0.1);
            var reader = new MessagePackReader(writer.Written);
            Assert.Equal(ulong.MaxValue, reader.ReadUInt64());
            Assert.Equal(sbyte.MinValue, reader.ReadSByte());
            Assert.Equal(short.MinValue, reader.ReadInt16());
            Assert.Equal(byte.MaxValue, reader.ReadByte());
            Assert.Equal(ushort.MaxValue, reader.ReadUInt16());
            Assert.Equal(uint.MaxValue, reader.ReadUInt32());
            Assert.Equal(float.MaxValue, reader.ReadSingle());
            Assert.Equal(double.Epsilon, reader.ReadDouble());
            Assert.Equal(3f, reader.ReadSingle());
            Assert.Equal(0.1f, reader.ReadSingle());
        }

        [Fact]
        public void A_number_beyond_its_type_is_a_mismatch_with_the_place()
        {
            Assert.Equal("x", Mismatch(writer => writer.WriteInt64(256), (ref MessagePackReader r) => r.ReadByte("x")));
            Assert.Equal("x", Mismatch(writer => writer.WriteInt64(-1), (ref MessagePackReader r) => r.ReadUInt64("x")));
            Assert.Equal(
                "x",
                Mismatch(writer => writer.WriteUInt64(ulong.MaxValue), (ref MessagePackReader r) => r.ReadInt64("x")));
            Assert.Equal("x", Mismatch(writer => writer.WriteString("1"), (ref MessagePackReader r) => r.ReadInt32("x")));
            Assert.Equal("x", Mismatch(writer => writer.WriteInt64(2), (ref MessagePackReader r) => r.ReadBoolean("x")));
            Assert.Equal("x", Mismatch(writer => writer.WriteNil(), (ref MessagePackReader r) => r.ReadString("x")));
        }

        [Theory]
        [InlineData(0)]
        [InlineData(31)]
        [InlineData(32)]
        [InlineData(255)]
        [InlineData(256)]
        [InlineData(65_535)]
        [InlineData(65_536)]
        public void Texts_bytes_arrays_and_maps_of_every_length_are_read(int length)
        {
            var text = new string('é', length);
            var writer = new MessagePackWriter();
            writer.WriteString(text);
            writer.WriteBinary(new byte[length]);
            writer.WriteArrayHeader(length);
            for (var at = 0; at < length; at++) writer.WriteNil();
            writer.WriteMapHeader(length);
            for (var at = 0; at < length * 2; at++) writer.WriteNil();
            Assert.Equal(4, MessagePackReader.CountValues(writer.Written));
            var reader = new MessagePackReader(writer.Written);
            Assert.Equal(text, reader.ReadString());
            Assert.Equal(length, reader.ReadBytes().Length);
            Assert.Equal(length, reader.ReadArrayHeader());
            for (var at = 0; at < length; at++) reader.Skip();
            Assert.Equal(length, reader.ReadMapHeader());
        }

        [Fact]
        public void A_header_that_announces_more_than_there_is_is_refused_before_anything_is_built()
        {
            foreach (var head in new byte[] { 0xdd, 0xdf, 0xdb, 0xc6 })
            {
                var bytes = new byte[] { head, 0xff, 0xff, 0xff, 0xff, 0 };
                Assert.Throws<WireException>(() => MessagePackReader.CountValues(bytes));
                Assert.Throws<WireException>(() => ReadUntyped(bytes));
            }
        }

        [Fact]
        public void Nesting_is_limited()
        {
            var deep = new byte[64 + 1];
            Array.Fill(deep, (byte)0x91);
            deep[64] = 0xc0;
            Assert.Equal(1, MessagePackReader.CountValues(deep));
            var deeper = new byte[100_000];
            Array.Fill(deeper, (byte)0x91);
            Assert.Throws<WireException>(() => MessagePackReader.CountValues(deeper));
            Assert.Throws<WireException>(() => ReadUntyped(deeper));
        }

        [Fact]
        public void Values_are_written_for_hetu1_with_flags_as_numbers_and_floats_of_64_bits()
        {
            var writer = new MessagePackWriter();
            writer.WriteArrayHeader(4);
            writer.WriteBoolean(true);
            writer.WriteSingle(0.1f);
            writer.WriteMapHeader(1);
            writer.WriteString("a");
            writer.WriteBoolean(false);
            writer.WriteBinary(new byte[] { 0xc3, 0xca });
            var old = new MessagePackWriter();
            old.WriteAsHetu1(writer.Written);
            var values = Assert.IsType<object?[]>(ReadUntyped(old.ToArray()));
            Assert.Equal(new object?[] { 1L, (double)0.1f }, new[] { values[0], values[1] });
            Assert.Equal(0L, Assert.IsType<Dictionary<string, object?>>(values[2])["a"]);
            Assert.Equal(new byte[] { 0xc3, 0xca }, values[3]);
        }

        [Fact]
        public void Twenty_thousand_fuzzed_messages_give_a_wire_exception_or_frames_and_nothing_else()
        {
            var random = new Random(20_261_122);
            var seeds = FrameSeeds.All();
            var refused = 0;
            for (var round = 0; round < 20_000; round++)
            {
                var bytes = Mutated(seeds[random.Next(seeds.Count)], random);
                var wire = round % 2 == 0 ? WireSchema.Hetu1(Schema.Untyped) : WireSchema.Hetu2(Schema.Untyped, null);
                try
                {
                    ReadAll(bytes, wire);
                }
                catch (WireException)
                {
                    refused++;
                }
            }

            Assert.InRange(refused, 1_000, 19_999);
        }

        private static void ReadAll(byte[] bytes, WireSchema wire)
        {
            MessagePackReader.CountValues(bytes);
            var reader = new MessagePackReader(bytes);
            while (!reader.AtEnd)
            {
                var frame = ServerFrames.Read(ref reader, wire);
                if (frame.Kind == FrameKind.Welcome) Welcome.Read(ref frame.Body);
                else if (frame.Kind == FrameKind.Clock) ServerFrames.ReadTime(ref frame.Body);
                else if (!frame.Body.AtEnd) frame.Body.ReadUntyped();
            }
        }

        private static byte[] Mutated(byte[] seed, Random random)
        {
            var bytes = (byte[])seed.Clone();
            for (var change = random.Next(4); change >= 0; change--)
            {
                switch (random.Next(3))
                {
                    case 0:
                        if (bytes.Length > 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                        break;
                    case 1:
                        Array.Resize(ref bytes, random.Next(bytes.Length + 1));
                        break;
                    default:
                        var at = random.Next(bytes.Length + 1);
                        var longer = new byte[bytes.Length + 1];
                        Array.Copy(bytes, longer, at);
                        longer[at] = (byte)random.Next(256);
                        Array.Copy(bytes, at, longer, at + 1, bytes.Length - at);
                        bytes = longer;
                        break;
                }
            }

            return bytes;
        }

        private static object? ReadUntyped(byte[] bytes) => new MessagePackReader(bytes).ReadUntyped();

        private static string Mismatch(Action<MessagePackWriter> write, Read read)
        {
            var writer = new MessagePackWriter();
            write(writer);
            return Assert.Throws<SchemaMismatchException>(() =>
            {
                var reader = new MessagePackReader(writer.Written);
                read(ref reader);
            }).Path;
        }
    }
}
