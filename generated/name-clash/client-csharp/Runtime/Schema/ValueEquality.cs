#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>Whether two values hold the same, where <c>Equals</c> would not look inside; for generated code.</summary>
    internal static class ValueEquality
    {
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
