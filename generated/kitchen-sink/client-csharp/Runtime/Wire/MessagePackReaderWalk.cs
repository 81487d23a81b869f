#nullable enable

using System;
using System.Collections.Generic;
using System.Globalization;

namespace HeTu
{
    /// <content>Whole values of whatever type.</content>
    public ref partial struct MessagePackReader
    {
        /// <summary>Arrays and maps that may be open at a time.</summary>
        internal const int MaxDepth = 64;

        /// <summary>Takes one value, whatever it is.</summary>
        /// <exception cref="WireException">When it is cut off, nested too deeply, or an extension type.</exception>
        public void Skip() => Skip(0);

        /// <summary>
        /// Checks that nothing but whole values follow, so that reading them can only fail for their types. It builds
        /// nothing: a header of a few bytes may announce four billion elements, and such headers nest.
        /// </summary>
        /// <param name="bytes">A message.</param>
        /// <returns>How many values they are.</returns>
        /// <exception cref="WireException">When the last is cut off, one is nested too deeply, or an extension type.</exception>
        internal static int CountValues(ReadOnlySpan<byte> bytes)
        {
            var reader = new MessagePackReader(bytes);
            var count = 0;
            while (!reader.AtEnd)
            {
                reader.Skip();
                count++;
            }

            return count;
        }

        /// <summary>One value as an object: <c>null</c>, <see cref="bool"/>, <see cref="long"/> (<see cref="ulong"/> above its
        /// range), <see cref="double"/>, <see cref="string"/>, <c>byte[]</c>, <c>object?[]</c>, or a dictionary by text (integer keys as decimal text).</summary>
        /// <exception cref="WireException">As <see cref="Skip()"/>.</exception>
        public object? ReadUntyped() => ReadUntyped(0);

        private void Skip(int depth)
        {
            if (depth > MaxDepth) throw new WireException($"arrays and maps are nested deeper than {MaxDepth}");
            var count = 0;
            switch (MessagePackFormat.KindOf(Head()))
            {
                case MessagePackKind.Nil:
                case MessagePackKind.Boolean:
                    position++;
                    return;
                case MessagePackKind.Integer:
                    ReadIntegerBits(out _);
                    return;
                case MessagePackKind.Float:
                    Take(bytes[position] == 0xca ? 5 : 9);
                    return;
                case MessagePackKind.String:
                    ReadUtf8();
                    return;
                case MessagePackKind.Binary:
                    ReadBinary();
                    return;
                case MessagePackKind.Array:
                    count = ReadArrayHeader();
                    break;
                case MessagePackKind.Map:
                    count = ReadMapHeader() * 2;
                    break;
                default:
                    throw UnknownFormat();
            }

            for (var at = 0; at < count; at++) Skip(depth + 1);
        }

        private object? ReadUntyped(int depth)
        {
            if (depth > MaxDepth) throw new WireException($"arrays and maps are nested deeper than {MaxDepth}");
            switch (MessagePackFormat.KindOf(Head()))
            {
                case MessagePackKind.Nil:
                    position++;
                    return null;
                case MessagePackKind.Boolean:
                    return ReadBoolean();
                case MessagePackKind.Integer:
                    var bits = ReadIntegerBits(out var isUnsigned);
                    return isUnsigned ? (object)unchecked((ulong)bits) : bits;
                case MessagePackKind.Float:
                    return ReadDouble();
                case MessagePackKind.String:
                    return ReadString();
                case MessagePackKind.Binary:
                    return ReadBytes();
                case MessagePackKind.Array:
                    return ReadUntypedArray(depth);
                case MessagePackKind.Map:
                    return ReadUntypedMap(depth);
                default:
                    throw UnknownFormat();
            }
        }

        private object?[] ReadUntypedArray(int depth)
        {
            var array = new object?[ReadArrayHeader()];
            for (var at = 0; at < array.Length; at++) array[at] = ReadUntyped(depth + 1);
            return array;
        }

        private Dictionary<string, object?> ReadUntypedMap(int depth)
        {
            var count = ReadMapHeader();
            var map = new Dictionary<string, object?>(count);
            for (var at = 0; at < count; at++)
            {
                var key = ReadUntyped(depth + 1);
                map[Convert.ToString(key, CultureInfo.InvariantCulture) ?? ""] = ReadUntyped(depth + 1);
            }

            return map;
        }

        private WireException UnknownFormat() =>
            new WireException($"byte 0x{bytes[position]:x2} starts no value that a frame may have");
    }
}
