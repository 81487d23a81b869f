#nullable enable

using System;
using System.Buffers.Binary;
using System.Text;

namespace HeTu
{
    /// <summary>
    /// Writes MessagePack into a buffer that it keeps, each value in its smallest form, floats as they are. Values are
    /// written as hetu.2 has them; <see cref="WriteAsHetu1"/> turns them into what hetu.1 wants.
    /// Format: github.com/msgpack/msgpack/blob/master/spec.md.
    /// </summary>
    public sealed class MessagePackWriter
    {
        private byte[] buffer = new byte[256];

        /// <summary>Bytes written since the last <see cref="Reset"/>.</summary>
        public int Length { get; private set; }

        /// <summary>What was written; valid until the next write.</summary>
        public ReadOnlySpan<byte> Written => new ReadOnlySpan<byte>(buffer, 0, Length);

        /// <summary>What was written; valid until the next write.</summary>
        public ReadOnlyMemory<byte> WrittenMemory => new ReadOnlyMemory<byte>(buffer, 0, Length);

        /// <summary>Starts again from nothing; keeps the memory.</summary>
        public void Reset() => Length = 0;

        /// <summary>Takes back what was written behind the first bytes.</summary>
        /// <param name="length">Bytes that stay; at most <see cref="Length"/>.</param>
        internal void Truncate(int length) => Length = length;

        /// <summary>A copy of what was written.</summary>
        public byte[] ToArray() => Written.ToArray();

        /// <summary>Writes nil.</summary>
        public void WriteNil() => Byte(0xc0);

        /// <summary>Writes true or false.</summary>
        public void WriteBoolean(bool value) => Byte(value ? (byte)0xc3 : (byte)0xc2);

        /// <summary>Writes a whole number.</summary>
        public void WriteInt64(long value)
        {
            if (value >= 0)
            {
                WriteUInt64((ulong)value);
            }
            else if (value >= -0x20)
            {
                Byte(unchecked((byte)value));
            }
            else if (value >= sbyte.MinValue)
            {
                Head(0xd0, 1)[0] = unchecked((byte)value);
            }
            else if (value >= short.MinValue)
            {
                BinaryPrimitives.WriteInt16BigEndian(Head(0xd1, 2), (short)value);
            }
            else if (value >= int.MinValue)
            {
                BinaryPrimitives.WriteInt32BigEndian(Head(0xd2, 4), (int)value);
            }
            else
            {
                BinaryPrimitives.WriteInt64BigEndian(Head(0xd3, 8), value);
            }
        }

        /// <summary>Writes a whole number.</summary>
        public void WriteUInt64(ulong value)
        {
            if (value < 0x80)
            {
                Byte((byte)value);
            }
            else if (value <= byte.MaxValue)
            {
                Head(0xcc, 1)[0] = (byte)value;
            }
            else if (value <= ushort.MaxValue)
            {
                BinaryPrimitives.WriteUInt16BigEndian(Head(0xcd, 2), (ushort)value);
            }
            else if (value <= uint.MaxValue)
            {
                BinaryPrimitives.WriteUInt32BigEndian(Head(0xce, 4), (uint)value);
            }
            else
            {
                BinaryPrimitives.WriteUInt64BigEndian(Head(0xcf, 8), value);
            }
        }

        /// <summary>Writes a float of 32 bits.</summary>
        public void WriteSingle(float value) =>
            BinaryPrimitives.WriteInt32BigEndian(Head(0xca, 4), BitConverter.SingleToInt32Bits(value));

        /// <summary>Writes a float of 64 bits.</summary>
        public void WriteDouble(double value) =>
            BinaryPrimitives.WriteInt64BigEndian(Head(0xcb, 8), BitConverter.DoubleToInt64Bits(value));

        /// <summary>Writes a text.</summary>
        public void WriteString(string value)
        {
            var length = Encoding.UTF8.GetByteCount(value);
            StringHeader(length);
            Encoding.UTF8.GetBytes(value, Take(length));
        }

        /// <summary>Writes a text that is UTF-8 already.</summary>
        public void WriteUtf8(ReadOnlySpan<byte> value)
        {
            StringHeader(value.Length);
            WriteRaw(value);
        }

        /// <summary>Writes bytes.</summary>
        public void WriteBinary(ReadOnlySpan<byte> value)
        {
            Header(value.Length, 0xc4, 0xc5, 0xc6);
            WriteRaw(value);
        }

        /// <summary>So many values follow.</summary>
        public void WriteArrayHeader(int count)
        {
            if (count < 16) Byte((byte)(0x90 | count));
            else Header(count, 0, 0xdc, 0xdd);
        }

        /// <summary>So many pairs of key and value follow.</summary>
        public void WriteMapHeader(int count)
        {
            if (count < 16) Byte((byte)(0x80 | count));
            else Header(count, 0, 0xde, 0xdf);
        }

        /// <summary>Appends bytes that are MessagePack already.</summary>
        public void WriteRaw(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

        /// <summary>
        /// Appends values as hetu.1 has them: booleans as 1 and 0, floats with 64 bits.
        /// </summary>
        /// <param name="values">What a writer has written.</param>
        public void WriteAsHetu1(ReadOnlySpan<byte> values)
        {
            var reader = new MessagePackReader(values);
            while (!reader.AtEnd)
            {
                var start = reader.Position;
                switch (reader.Next)
                {
                    case MessagePackKind.Boolean:
                        Byte(reader.ReadBoolean() ? (byte)1 : (byte)0);
                        break;
                    case MessagePackKind.Float:
                        WriteDouble(reader.ReadDouble());
                        break;
                    case MessagePackKind.Array:
                        WriteArrayHeader(reader.ReadArrayHeader());
                        break;
                    case MessagePackKind.Map:
                        WriteMapHeader(reader.ReadMapHeader());
                        break;
                    default:
                        reader.Skip();
                        WriteRaw(values.Slice(start, reader.Position - start));
                        break;
                }
            }
        }

        private void StringHeader(int length)
        {
            if (length < 32) Byte((byte)(0xa0 | length));
            else Header(length, 0xd9, 0xda, 0xdb);
        }

        // format8 is 0 where there is no format with a length of 8 bits.
        private void Header(int length, byte format8, byte format16, byte format32)
        {
            if (length <= byte.MaxValue && format8 != 0) Head(format8, 1)[0] = (byte)length;
            else if (length <= ushort.MaxValue) BinaryPrimitives.WriteUInt16BigEndian(Head(format16, 2), (ushort)length);
            else BinaryPrimitives.WriteUInt32BigEndian(Head(format32, 4), (uint)length);
        }

        private void Byte(byte value) => Take(1)[0] = value;

        private Span<byte> Head(byte format, int count)
        {
            var taken = Take(1 + count);
            taken[0] = format;
            return taken.Slice(1);
        }

        private Span<byte> Take(int count)
        {
            var start = Length;
            if (buffer.Length - start < count) Array.Resize(ref buffer, Math.Max(start + count, buffer.Length * 2));
            Length = start + count;
            return new Span<byte>(buffer, start, count);
        }
    }
}
