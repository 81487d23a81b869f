#nullable enable

using System;

namespace HeTu
{
    /// <summary>The order of texts in the server's indexes: by code point; for generated code.</summary>
    internal static class TextOrder
    {
        internal static int Compare(string a, string b)
        {
            var shared = Math.Min(a.Length, b.Length);
            for (var at = 0; at < shared; at++)
            {
                if (a[at] != b[at]) return Rank(a[at]).CompareTo(Rank(b[at]));
            }

            return a.Length.CompareTo(b.Length);
        }

        /// <summary>UTF-16 units, with surrogates behind U+E000 to U+FFFF, where their code points belong.</summary>
        private static int Rank(char unit)
        {
            if (unit < 0xd800) return unit;
            return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
        }
    }
}
