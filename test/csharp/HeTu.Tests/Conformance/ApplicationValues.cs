#nullable enable

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HeTu.Tests.Conformance
{
    /// <summary>Values of applications in the notation of the vectors, and back.</summary>
    internal static class ApplicationValues
    {
        /// <summary>The name that generated C# has for a name of the schema.</summary>
        internal static string Pascal(string name) =>
            string.Concat(name.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));

        /// <summary>A value of this type.</summary>
        internal static object? Of(JsonElement value, Type type)
        {
            Type target = Nullable.GetUnderlyingType(type) ?? type;
            string text = value.ToString();
            if (target == typeof(string)) return text;
            if (target == typeof(byte[])) return Hex.ToBytes(text);
            return Convert.ChangeType(text, target, CultureInfo.InvariantCulture);
        }

        /// <summary>What an application has got.</summary>
        internal static JsonNode? Notation(object? value)
        {
            switch (value)
            {
                case null: return null;
                case string text: return text;
                case bool flag: return flag;
                case long or ulong: return Convert.ToString(value, CultureInfo.InvariantCulture);
                case float number: return WireTree.Number(number);
                case double number: return WireTree.Number(number);
                case byte[] bytes: return Hex.Of(bytes);
                case Enum name: return NameOf(name);
                case IEnumerable elements:
                    return new JsonArray(elements.Cast<object?>().Select(Notation).ToArray());
            }

            return value.GetType().IsPrimitive
                ? JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture))
                : Fields(value);
        }

        /// <summary>
        /// The properties by schema name. Timestamps are 64-bit integers in C# and numbers in the notation; so they are told
        /// apart by the type of their column.
        /// </summary>
        private static JsonObject Fields(object value)
        {
            var fields = new JsonObject();
            foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                object? content = property.GetValue(value);
                if (content == null) continue;
                string name = Snake(property.Name);
                bool isTimestamp = VectorSchema.TypeOf(value.GetType().Name, name) == "timestamp";
                fields[name] = isTimestamp ? JsonValue.Create((long)content) : Notation(content);
            }

            return fields;
        }

        private static JsonNode NameOf(Enum value)
        {
            Dictionary<string, int> names = VectorSchema.Enum(value.GetType().Name);
            int number = Convert.ToInt32(value, CultureInfo.InvariantCulture);
            string? name = names.Where(entry => entry.Value == number).Select(entry => entry.Key).SingleOrDefault();
            return name == null ? (JsonNode)number : name;
        }

        private static string Snake(string name) =>
            Regex.Replace(name, "(?<!^)[A-Z]", match => "_" + match.Value).ToLowerInvariant();
    }
}
