#nullable enable

using System;
using System.Collections;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>Writes values whose type only the server knows.</summary>
    internal static class UntypedValue
    {
        /// <exception cref="SchemaValueException">When a value is of a type that does not travel.</exception>
        internal static void Write(MessagePackWriter writer, object? value, string path)
        {
            switch (value)
            {
                case null:
                    writer.WriteNil();
                    break;
                case bool flag:
                    writer.WriteBoolean(flag);
                    break;
                case ulong number:
                    writer.WriteUInt64(number);
                    break;
                case float number:
                    writer.WriteSingle(number);
                    break;
                case double number:
                    writer.WriteDouble(number);
                    break;
                case string text:
                    writer.WriteString(Checks.String(text, int.MaxValue, path));
                    break;
                case byte[] bytes:
                    writer.WriteBinary(bytes);
                    break;
                case IReadOnlyDictionary<string, object?> map:
                    WriteMap(writer, map, path);
                    break;
                case IList list:
                    WriteList(writer, list, path);
                    break;
                default:
                    writer.WriteInt64(Integer(value, path));
                    break;
            }
        }

        private static void WriteMap(MessagePackWriter writer, IReadOnlyDictionary<string, object?> map, string path)
        {
            writer.WriteMapHeader(map.Count);
            foreach (var pair in map)
            {
                writer.WriteString(pair.Key);
                Write(writer, pair.Value, Paths.Join(path, pair.Key));
            }
        }

        private static void WriteList(MessagePackWriter writer, IList list, string path)
        {
            writer.WriteArrayHeader(list.Count);
            for (var at = 0; at < list.Count; at++) Write(writer, list[at], Paths.Join(path, Paths.Element(at)));
        }

        private static long Integer(object value, string path)
        {
            switch (value)
            {
                case sbyte number:
                    return number;
                case short number:
                    return number;
                case int number:
                    return number;
                case long number:
                    return number;
                case byte number:
                    return number;
                case ushort number:
                    return number;
                case uint number:
                    return number;
                case DateTimeOffset time:
                    return time.ToUnixTimeMilliseconds();
                default:
                    throw new SchemaValueException(
                        path,
                        "null, a bool, a number, a string, byte[], a list, or a dictionary by text",
                        value,
                        $"it is of type {value.GetType().Name}");
            }
        }
    }
}
