#nullable enable

using System;
using System.Text;

namespace HeTu
{
    /// <summary>Names of columns or fields, found by their UTF-8 bytes so that a known key never becomes a string.</summary>
    internal sealed class FieldNames
    {
        private readonly byte[][] names;

        internal FieldNames(params string[] names)
        {
            this.names = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
        }

        internal int Count => names.Length;

        /// <summary>Finds a name. Senders keep an order, so the one behind the last found is looked at first.</summary>
        /// <param name="name">UTF-8.</param>
        /// <param name="expected">Where it probably is; any number.</param>
        /// <returns>Its place; -1 when it is none of them.</returns>
        internal int Find(ReadOnlySpan<byte> name, int expected)
        {
            if ((uint)expected < (uint)names.Length && name.SequenceEqual(names[expected])) return expected;
            for (var at = 0; at < names.Length; at++)
            {
                if (name.SequenceEqual(names[at])) return at;
            }

            return -1;
        }
    }
}
