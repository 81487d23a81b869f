#nullable enable

using System;

namespace HeTu
{
    /// <summary>Places in the schema as errors name them.</summary>
    internal static class Paths
    {
        /// <summary><c>notes</c> and <c>[2]</c> are <c>notes[2]</c>; <c>Position</c> and <c>x</c> are <c>Position.x</c>.</summary>
        internal static string Join(string outer, string inner)
        {
            if (inner.Length == 0) return outer;
            if (outer.Length == 0 || inner.StartsWith("[", StringComparison.Ordinal)) return outer + inner;
            return $"{outer}.{inner}";
        }

        internal static string Element(int at) => FormattableString.Invariant($"[{at}]");
    }
}
