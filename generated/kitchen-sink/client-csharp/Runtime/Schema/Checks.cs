#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// Each check gives its value back when it is one that the schema allows. <c>path</c> names the place as the schema
    /// does.
    /// </summary>
    public static class Checks
    {
        /// <summary>
        /// Milliseconds on either side of 1970 that a timestamp can hold: those of an ECMAScript <c>Date</c>
        /// (ECMA-262, "Time Values and Time Range").
        /// </summary>
        public const long MaxTimestamp = 8_640_000_000_000_000;

        /// <summary>A string within its length.</summary>
        /// <param name="value">What was given.</param>
        /// <param name="max">Unicode code points.</param>
        /// <param name="path">The place, for errors.</param>
        /// <exception cref="SchemaValueException">When it is null, longer, or has a lone surrogate.</exception>
        public static string String(string? value, int max, string path)
        {
            if (value == null) throw new SchemaValueException(path, $"a string of at most {max} characters", null);
            var points = CountCodePoints(value);
            if (points < 0) throw new SchemaValueException(path, "a string without lone surrogates", value);
            if (points > max) throw new SchemaValueException(path, $"a string of at most {max} characters", value);
            return value;
        }

        /// <summary>Bytes within their length.</summary>
        /// <param name="value">What was given.</param>
        /// <param name="max">Bytes.</param>
        /// <param name="path">The place, for errors.</param>
        /// <exception cref="SchemaValueException">When it is null or longer.</exception>
        public static byte[] Bytes(byte[]? value, int max, string path)
        {
            if (value != null && value.Length <= max) return value;
            throw new SchemaValueException(path, $"at most {max} bytes", value);
        }

        /// <summary>A value within bounds; both are part of it. NaN is outside of all bounds.</summary>
        /// <exception cref="SchemaValueException">When it is outside.</exception>
        public static T Range<T>(T value, T min, T max, string path)
            where T : struct, IComparable<T>
        {
            if (value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0) return value;
            throw new SchemaValueException(path, FormattableString.Invariant($"from {min} to {max}"), value);
        }

        /// <summary>Any number but NaN.</summary>
        /// <exception cref="SchemaValueException">When it is NaN.</exception>
        public static float NotNaN(float value, string path)
        {
            if (!float.IsNaN(value)) return value;
            throw new SchemaValueException(path, "a number, not NaN", value);
        }

        /// <summary>Any number but NaN.</summary>
        /// <exception cref="SchemaValueException">When it is NaN.</exception>
        public static double NotNaN(double value, string path)
        {
            if (!double.IsNaN(value)) return value;
            throw new SchemaValueException(path, "a number, not NaN", value);
        }

        /// <summary>Milliseconds since 1970 UTC.</summary>
        /// <exception cref="SchemaValueException">When it is more than <see cref="MaxTimestamp"/> away from 1970.</exception>
        public static long Timestamp(long value, string path)
        {
            if (value >= -MaxTimestamp && value <= MaxTimestamp) return value;
            throw new SchemaValueException(path, $"milliseconds since 1970 from -{MaxTimestamp} to {MaxTimestamp}", value);
        }

        /// <summary>A value of an enum.</summary>
        /// <param name="value">What was given.</param>
        /// <param name="isDeclared">Whether the schema has it.</param>
        /// <param name="names">The names of the schema, for errors.</param>
        /// <param name="path">The place, for errors.</param>
        /// <exception cref="SchemaValueException">When the schema does not have it.</exception>
        public static T Enum<T>(T value, bool isDeclared, string names, string path)
            where T : struct, Enum
        {
            if (isDeclared) return value;
            throw new SchemaValueException(path, $"one of {names}", value);
        }

        /// <summary>Anything but <c>null</c>.</summary>
        /// <exception cref="SchemaValueException">When it is <c>null</c>.</exception>
        public static T NotNull<T>(T? value, string limit, string path)
            where T : class => value ?? throw new SchemaValueException(path, limit, null);

        /// <returns>-1 when a surrogate stands alone.</returns>
        internal static int CountCodePoints(string text)
        {
            var count = text.Length;
            for (var at = 0; at < text.Length; at++)
            {
                var unit = text[at];
                if (!char.IsSurrogate(unit)) continue;
                if (!char.IsHighSurrogate(unit) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])) return -1;
                at++;
                count--;
            }

            return count;
        }
    }
}
