#nullable enable

using System;
using System.Buffers.Binary;
using System.Text;

namespace HeTu
{
    /// <summary>
    /// Walks over MessagePack in the buffer where it was received. Every method takes one value and leaves the reader
    /// behind it; one that finds another type throws <see cref="SchemaMismatchException"/>, one that finds the end of
    /// the bytes inside of a value <see cref="WireException"/>. Format: github.com/msgpack/msgpack/blob/master/spec.md.
    /// </summary>
    public ref partial struct MessagePackReader
    {
        private readonly ReadOnlySpan<byte> bytes;
        private int position;

        /// <summary>Starts at the first byte.</summary>
        /// <param name="bytes">Valid as long as the reader is used.</param>
        public MessagePackReader(ReadOnlySpan<byte> bytes)
        {
            this.bytes = bytes;
            position = 0;
        }

        /// <summary>Bytes read so far.</summary>
        public int Position => position;

        /// <summary>Whether nothing follows.</summary>
        public bool AtEnd => position >= bytes.Length;

        /// <summary>The bytes that were not read yet.</summary>
        public ReadOnlySpan<byte> Rest => bytes.Slice(position);

        /// <summary>What the next value is.</summary>
        public MessagePackKind Next => AtEnd ? MessagePackKind.End : MessagePackFormat.KindOf(bytes[position]);

        internal bool NextIsMap => Next == MessagePackKind.Map;

        internal bool NextIsString => Next == MessagePackKind.String;

        /// <summary>Takes nil when it is next.</summary>
        /// <returns>Whether it was.</returns>
        public bool TryReadNil()
        {
            if (AtEnd || bytes[position] != 0xc0) return false;
            position++;
            return true;
        }

        /// <summary>true or false, which hetu.1 has as 1 and 0.</summary>
        /// <param name="path">The place, for errors.</param>
        public bool ReadBoolean(string path = "")
        {
            switch (Head())
            {
                case 0xc3:
                case 0x01:
                    position++;
                    return true;
                case 0xc2:
                case 0x00:
                    position++;
                    return false;
                default:
                    throw Mismatch(path, "a bool");
            }
        }

        /// <summary>A float, or a whole number where one is meant; rounded to 32 bits.</summary>
        /// <param name="path">The place, for errors.</param>
        public float ReadSingle(string path = "") =>
            Head() == 0xca
                ? BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32BigEndian(Take(5).Slice(1)))
                : (float)ReadDouble(path);

        /// <summary>A float, or a whole number where one is meant.</summary>
        /// <param name="path">The place, for errors.</param>
        public double ReadDouble(string path = "")
        {
            var head = Head();
            if (head == 0xcb)
            {
                return BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64BigEndian(Take(9).Slice(1)));
            }

            if (head == 0xca) return ReadSingle(path);
            if (MessagePackFormat.KindOf(head) != MessagePackKind.Integer) throw Mismatch(path, "a number");
            var bits = ReadIntegerBits(out var isUnsigned);
            return isUnsigned ? (double)unchecked((ulong)bits) : bits;
        }

        /// <summary>A text; what is not UTF-8 in it becomes U+FFFD.</summary>
        /// <param name="path">The place, for errors.</param>
        public string ReadString(string path = "") => Encoding.UTF8.GetString(ReadUtf8(path));

        /// <summary>A text as its bytes, a view of the buffer.</summary>
        /// <param name="path">The place, for errors.</param>
        public ReadOnlySpan<byte> ReadUtf8(string path = "")
        {
            var head = Head();
            if ((head & 0xe0) == 0xa0) return TakeBehind(1, head & 0x1f);
            switch (head)
            {
                case 0xd9:
                    return TakeBehind(2, Length(1));
                case 0xda:
                    return TakeBehind(3, Length(2));
                case 0xdb:
                    return TakeBehind(5, Length(4));
                default:
                    throw Mismatch(path, "a string");
            }
        }

        /// <summary>Bytes, copied.</summary>
        /// <param name="path">The place, for errors.</param>
        public byte[] ReadBytes(string path = "") => ReadBinary(path).ToArray();

        /// <summary>Bytes, a view of the buffer.</summary>
        /// <param name="path">The place, for errors.</param>
        public ReadOnlySpan<byte> ReadBinary(string path = "")
        {
            switch (Head())
            {
                case 0xc4:
                    return TakeBehind(2, Length(1));
                case 0xc5:
                    return TakeBehind(3, Length(2));
                case 0xc6:
                    return TakeBehind(5, Length(4));
                default:
                    throw Mismatch(path, "bytes");
            }
        }

        /// <summary>How many values of an array follow; there are at least as many bytes.</summary>
        /// <param name="path">The place, for errors.</param>
        public int ReadArrayHeader(string path = "")
        {
            var head = Head();
            if ((head & 0xf0) == 0x90) return Announced(1, head & 0x0f, 1);
            if (head == 0xdc) return Announced(3, Length(2), 1);
            if (head == 0xdd) return Announced(5, Length(4), 1);
            throw Mismatch(path, "an array");
        }

        /// <summary>How many pairs of key and value follow; there are at least twice as many bytes.</summary>
        /// <param name="path">The place, for errors.</param>
        public int ReadMapHeader(string path = "")
        {
            var head = Head();
            if ((head & 0xf0) == 0x80) return Announced(1, head & 0x0f, 2);
            if (head == 0xde) return Announced(3, Length(2), 2);
            if (head == 0xdf) return Announced(5, Length(4), 2);
            throw Mismatch(path, "a map");
        }

        private byte Head()
        {
            if (AtEnd) throw CutOff();
            return bytes[position];
        }

        private ReadOnlySpan<byte> Take(int count)
        {
            if (bytes.Length - position < count) throw CutOff();
            var taken = bytes.Slice(position, count);
            position += count;
            return taken;
        }

        private ReadOnlySpan<byte> TakeBehind(int head, long length)
        {
            if (bytes.Length - position - head < length) throw CutOff();
            var taken = bytes.Slice(position + head, (int)length);
            position += head + (int)length;
            return taken;
        }

        /// <summary>The length behind the head, so many bytes of it. Moves nothing.</summary>
        private long Length(int width)
        {
            if (bytes.Length - position - 1 < width) throw CutOff();
            var field = bytes.Slice(position + 1, width);
            return width == 1 ? field[0]
                : width == 2 ? BinaryPrimitives.ReadUInt16BigEndian(field)
                : BinaryPrimitives.ReadUInt32BigEndian(field);
        }

        /// <summary>Every value takes a byte or more: more than are left cannot be there.</summary>
        private int Announced(int head, long count, int valuesEach)
        {
            if (bytes.Length - position - head < count * valuesEach) throw CutOff();
            position += head;
            return (int)count;
        }

        private WireException CutOff() => new WireException($"a message of {bytes.Length} bytes ends inside of a value");

        private SchemaMismatchException Mismatch(string path, string expected) =>
            new SchemaMismatchException(path, $"came as {MessagePackFormat.Describe(Next)} instead of {expected}");
    }
}
