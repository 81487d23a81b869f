#nullable enable

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace HeTu.Tests.Conformance
{
    /// <summary>
    /// MessagePack to the notation of wire values, written for the vectors alone: what the client's own reader gets wrong
    /// is not wrong here too.
    /// </summary>
    internal sealed class WireTree
    {
        private readonly byte[] bytes;
        private int at;

        private WireTree(byte[] bytes)
        {
            this.bytes = bytes;
        }

        /// <summary>All values of a message, one after the other.</summary>
        internal static List<JsonNode?> Read(byte[] message)
        {
            var tree = new WireTree(message);
            var values = new List<JsonNode?>();
            while (tree.at < message.Length) values.Add(tree.Value());
            return values;
        }

        /// <summary>A number as JSON has it, or as text when JSON cannot hold it.</summary>
        internal static JsonNode Number(double value)
        {
            if (double.IsFinite(value) && !(value == 0 && double.IsNegative(value))) return JsonValue.Create(value);
            if (value == 0) return "-0";
            if (double.IsNaN(value)) return "NaN";
            return value > 0 ? "Infinity" : "-Infinity";
        }

        private JsonNode? Value()
        {
            byte head = Take(1)[0];
            if (head < 0x80) return head;
            if (head < 0x90) return Map(head & 0x0f);
            if (head < 0xa0) return Array(head & 0x0f);
            if (head < 0xc0) return Text(head & 0x1f);
            if (head >= 0xe0) return (sbyte)head;
            switch (head)
            {
                case 0xc0: return null;
                case 0xc2: return false;
                case 0xc3: return true;
                case 0xc4:
                case 0xc5:
                case 0xc6: return Tagged("$bin", Hex.Of(Take(Length(1 << (head - 0xc4)))));
                case 0xca: return Tagged("$f32", Number(BinaryPrimitives.ReadSingleBigEndian(Take(4))));
                case 0xcb: return Tagged("$f64", Number(BinaryPrimitives.ReadDoubleBigEndian(Take(8))));
                case 0xcc:
                case 0xcd:
                case 0xce: return (uint)Unsigned(1 << (head - 0xcc));
                case 0xcf: return Integer(Unsigned(8).ToString(CultureInfo.InvariantCulture));
                case 0xd0: return (sbyte)Unsigned(1);
                case 0xd1: return (short)Unsigned(2);
                case 0xd2: return (int)Unsigned(4);
                case 0xd3: return Integer(((long)Unsigned(8)).ToString(CultureInfo.InvariantCulture));
                case 0xd9:
                case 0xda:
                case 0xdb: return Text(Length(1 << (head - 0xd9)));
                case 0xdc:
                case 0xdd: return Array(Length(2 << (head - 0xdc)));
                case 0xde:
                case 0xdf: return Map(Length(2 << (head - 0xde)));
                default: throw new FormatException($"byte 0x{head:x} starts no value of a frame");
            }
        }

        private ReadOnlySpan<byte> Take(int length)
        {
            at += length;
            return bytes.AsSpan(at - length, length);
        }

        private ulong Unsigned(int length)
        {
            ulong value = 0;
            foreach (byte digit in Take(length)) value = (value << 8) | digit;
            return value;
        }

        private int Length(int width) => checked((int)Unsigned(width));

        private JsonNode Text(int length) => Encoding.UTF8.GetString(Take(length));

        private JsonNode Array(int length)
        {
            var array = new JsonArray();
            for (int element = 0; element < length; element++) array.Add(Value());
            return array;
        }

        private JsonNode Map(int length)
        {
            var pairs = new List<(JsonNode? Key, JsonNode? Value)>();
            for (int pair = 0; pair < length; pair++) pairs.Add((Value(), Value()));
            if (pairs.Any(pair => !(pair.Key is JsonValue key && key.TryGetValue(out string? _))))
            {
                JsonNode[] listed = pairs.Select(pair => (JsonNode)new JsonArray(pair.Key, pair.Value)).ToArray();
                return Tagged("$map", new JsonArray(listed));
            }

            var map = new JsonObject();
            foreach ((JsonNode? key, JsonNode? value) in pairs) map[key!.GetValue<string>()] = value;
            return map;
        }

        private static JsonNode Integer(string digits)
        {
            long limit = (1L << 53) - 1;
            bool isSmall = long.TryParse(digits, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value)
                && value >= -limit
                && value <= limit;
            return isSmall ? (JsonNode)value : Tagged("$int", digits);
        }

        private static JsonObject Tagged(string tag, JsonNode value) => new JsonObject { [tag] = value };
    }
}
