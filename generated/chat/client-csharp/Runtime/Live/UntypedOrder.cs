#nullable enable

using System;
using System.Collections.Generic;
using System.Globalization;

namespace HeTu
{
    /// <summary>Compares values without a type of the schema.</summary>
    internal static class UntypedOrder
    {
        /// <summary>
        /// The order of the server's indexes: nothing, then <c>false</c> and <c>true</c>, numbers by value, texts by
        /// code point, everything else.
        /// </summary>
        internal static int Compare(object? a, object? b)
        {
            var rank = Rank(a);
            var byRank = rank.CompareTo(Rank(b));
            if (byRank != 0) return byRank;
            switch (rank)
            {
                case 1:
                    return ((bool)a!).CompareTo((bool)b!);
                case 2:
                    return CompareNumbers(a!, b!);
                case 3:
                    return TextOrder.Compare((string)a!, (string)b!);
                default:
                    return 0;
            }
        }

        /// <summary>Whether both are the same on the wire.</summary>
        internal static bool Same(object? a, object? b)
        {
            switch (a)
            {
                case byte[] bytes:
                    return b is byte[] otherBytes && bytes.AsSpan().SequenceEqual(otherBytes);
                case object?[] list:
                    return b is object?[] otherList && SameLists(list, otherList);
                case IReadOnlyDictionary<string, object?> map:
                    return b is IReadOnlyDictionary<string, object?> otherMap && SameMaps(map, otherMap);
                default:
                    return Equals(a, b);
            }
        }

        private static int Rank(object? value) =>
            value switch
            {
                null => 0,
                bool _ => 1,
                long _ => 2,
                ulong _ => 2,
                double _ => 2,
                string _ => 3,
                _ => 4,
            };

        private static int CompareNumbers(object a, object b)
        {
            if (a is long left && b is long right) return left.CompareTo(right);
            if (a is double || b is double)
            {
                return Convert.ToDouble(a, CultureInfo.InvariantCulture)
                    .CompareTo(Convert.ToDouble(b, CultureInfo.InvariantCulture));
            }

            // A ulong is only used above the range of long.
            if (a is ulong large) return b is ulong other ? large.CompareTo(other) : 1;
            return -1;
        }

        private static bool SameLists(object?[] a, object?[] b)
        {
            if (a.Length != b.Length) return false;
            for (var at = 0; at < a.Length; at++)
            {
                if (!Same(a[at], b[at])) return false;
            }

            return true;
        }

        private static bool SameMaps(IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b)
        {
            if (a.Count != b.Count) return false;
            foreach (var pair in a)
            {
                if (!b.TryGetValue(pair.Key, out var other) || !Same(pair.Value, other)) return false;
            }

            return true;
        }
    }
}
