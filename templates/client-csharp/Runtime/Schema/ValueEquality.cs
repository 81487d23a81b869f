#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>Whether two values hold the same, where <c>Equals</c> would not look inside; for generated code.</summary>
    internal static class ValueEquality
    {
        /// <summary>NaN is the same as NaN, and negative zero is another value than zero: the server tells of it.</summary>
        internal static bool Same(float a, float b) => a.Equals(b) && (a != 0 || float.IsNegative(a) == float.IsNegative(b));

        internal static bool Same(double a, double b) =>
            a.Equals(b) && (a != 0 || double.IsNegative(a) == double.IsNegative(b));

        internal static bool Same(float? a, float? b) => a is { } x && b is { } y ? Same(x, y) : a.HasValue == b.HasValue;

        internal static bool Same(double? a, double? b) => a is { } x && b is { } y ? Same(x, y) : a.HasValue == b.HasValue;

        internal static bool Same(byte[]? a, byte[]? b)
        {
            if (ReferenceEquals(a, b)) return true;
            return a != null && b != null && a.AsSpan().SequenceEqual(b);
        }

        internal static bool Same<T>(IReadOnlyList<T>? a, IReadOnlyList<T>? b) =>
            Same(a, b, EqualityComparer<T>.Default.Equals);

        internal static bool Same<T>(IReadOnlyList<T>? a, IReadOnlyList<T>? b, Func<T, T, bool> same)
        {
            if (ReferenceEquals(a, b)) return true;
            if (a == null || b == null || a.Count != b.Count) return false;
            for (var at = 0; at < a.Count; at++)
            {
                if (!same(a[at], b[at])) return false;
            }

            return true;
        }
    }
}
