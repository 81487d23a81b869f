#nullable enable

using System;
using System.Collections;
using System.Globalization;

namespace HeTu
{
    /// <summary>
    /// A value that the schema does not allow; nothing was sent. Thrown by the method that was given the value.
    /// </summary>
    public sealed class SchemaValueException : ArgumentException
    {
        /// <summary>Longest piece of a text that a message repeats.</summary>
        private const int ShownCharacters = 40;

        private readonly string? hint;

        /// <summary>Made by the client and by generated code.</summary>
        /// <param name="path">The place, as the schema calls it: <c>move_to.x</c>, <c>Position.zone</c>.</param>
        /// <param name="limit">What is allowed, as a noun: <c>a whole number from 0 to 255</c>.</param>
        /// <param name="value">What was given.</param>
        /// <param name="hint">What to do about it.</param>
        public SchemaValueException(string path, string limit, object? value, string? hint = null)
            : base($"{path} must be {limit}; got {Describe(value)}{(hint == null ? "" : $" ({hint})")}")
        {
            Path = path;
            Limit = limit;
            Value = value;
            this.hint = hint;
        }

        /// <summary>Stable: <c>SCHEMA_VALUE</c>.</summary>
        public string Code => "SCHEMA_VALUE";

        /// <summary>
        /// The place, as the schema calls it: <c>move_to.x</c> is a parameter, <c>Position.zone</c> the bound of a query,
        /// <c>Receipt.notes[2]</c> an element.
        /// </summary>
        public string Path { get; }

        /// <summary>What is allowed, as a noun.</summary>
        public string Limit { get; }

        /// <summary>What was given.</summary>
        public object? Value { get; }

        /// <summary>The same inside of something else: <c>[2]</c> becomes <c>notes[2]</c>.</summary>
        /// <param name="outer">What the path begins with then.</param>
        public SchemaValueException Inside(string outer) =>
            new SchemaValueException(Paths.Join(outer, Path), Limit, Value, hint);

        private static string Describe(object? value)
        {
            switch (value)
            {
                case null:
                    return "nothing";
                case string text:
                    return text.Length <= ShownCharacters
                        ? $"\"{text}\""
                        : $"\"{text.Substring(0, ShownCharacters)}\"… ({text.Length} UTF-16 units)";
                case byte[] bytes:
                    return $"{bytes.Length} bytes";
                case ICollection collection:
                    return $"a list of {collection.Count}";
                case IFormattable formattable:
                    return formattable.ToString(null, CultureInfo.InvariantCulture);
                case bool flag:
                    return flag ? "true" : "false";
                default:
                    return "an object";
            }
        }
    }
}
