#nullable enable

using System.Buffers.Binary;

namespace HeTu
{
    /// <content>Whole numbers: in whatever form they came, when the type can hold them.</content>
    public ref partial struct MessagePackReader
    {
        /// <summary>A whole number from -2^7.</summary>
        /// <param name="path">The place, for errors.</param>
        public sbyte ReadSByte(string path = "") =>
            (sbyte)ReadSigned(sbyte.MinValue, sbyte.MaxValue, "an 8-bit integer", path);

        /// <summary>A whole number from -2^15.</summary>
        /// <param name="path">The place, for errors.</param>
        public short ReadInt16(string path = "") =>
            (short)ReadSigned(short.MinValue, short.MaxValue, "a 16-bit integer", path);

        /// <summary>A whole number from -2^31.</summary>
        /// <param name="path">The place, for errors.</param>
        public int ReadInt32(string path = "") =>
            (int)ReadSigned(int.MinValue, int.MaxValue, "a 32-bit integer", path);

        /// <summary>A whole number from -2^63.</summary>
        /// <param name="path">The place, for errors.</param>
        public long ReadInt64(string path = "") => ReadSigned(long.MinValue, long.MaxValue, "a 64-bit integer", path);

        /// <summary>A whole number from 0.</summary>
        /// <param name="path">The place, for errors.</param>
        public byte ReadByte(string path = "") => (byte)ReadSigned(0, byte.MaxValue, "an unsigned 8-bit integer", path);

        /// <summary>A whole number from 0.</summary>
        /// <param name="path">The place, for errors.</param>
        public ushort ReadUInt16(string path = "") =>
            (ushort)ReadSigned(0, ushort.MaxValue, "an unsigned 16-bit integer", path);

        /// <summary>A whole number from 0.</summary>
        /// <param name="path">The place, for errors.</param>
        public uint ReadUInt32(string path = "") =>
            (uint)ReadSigned(0, uint.MaxValue, "an unsigned 32-bit integer", path);

        /// <summary>A whole number from 0.</summary>
        /// <param name="path">The place, for errors.</param>
        public ulong ReadUInt64(string path = "")
        {
            const string Expected = "an unsigned 64-bit integer";
            if (MessagePackFormat.KindOf(Head()) != MessagePackKind.Integer) throw Mismatch(path, Expected);
            var before = position;
            var bits = ReadIntegerBits(out var isUnsigned);
            if (bits >= 0 || isUnsigned) return unchecked((ulong)bits);
            position = before;
            throw OutOfRange(path, Expected);
        }

        /// <summary>Whole milliseconds since 1970 UTC.</summary>
        /// <param name="path">The place, for errors.</param>
        public long ReadTimestamp(string path = "") => ReadInt64(path);

        private long ReadSigned(long min, long max, string expected, string path)
        {
            if (MessagePackFormat.KindOf(Head()) != MessagePackKind.Integer) throw Mismatch(path, expected);
            var before = position;
            var value = ReadIntegerBits(out var isUnsigned);
            if (value >= min && value <= max && !isUnsigned) return value;
            position = before;
            throw OutOfRange(path, expected);
        }

        /// <summary>The next value, which is an integer.</summary>
        /// <param name="isUnsigned">Above what a signed one can hold: the bits are those of an unsigned one.</param>
        private long ReadIntegerBits(out bool isUnsigned)
        {
            isUnsigned = false;
            var head = Head();
            if (head <= 0x7f || head >= 0xe0)
            {
                position++;
                return unchecked((sbyte)head);
            }

            switch (head)
            {
                case 0xcc:
                    return Take(2)[1];
                case 0xcd:
                    return BinaryPrimitives.ReadUInt16BigEndian(Take(3).Slice(1));
                case 0xce:
                    return BinaryPrimitives.ReadUInt32BigEndian(Take(5).Slice(1));
                case 0xd0:
                    return unchecked((sbyte)Take(2)[1]);
                case 0xd1:
                    return BinaryPrimitives.ReadInt16BigEndian(Take(3).Slice(1));
                case 0xd2:
                    return BinaryPrimitives.ReadInt32BigEndian(Take(5).Slice(1));
                case 0xd3:
                    return BinaryPrimitives.ReadInt64BigEndian(Take(9).Slice(1));
                default:
                    var bits = BinaryPrimitives.ReadInt64BigEndian(Take(9).Slice(1));
                    isUnsigned = bits < 0;
                    return bits;
            }
        }

        private static SchemaMismatchException OutOfRange(string path, string expected) =>
            new SchemaMismatchException(path, $"came as a number that is not {expected}");
    }
}
