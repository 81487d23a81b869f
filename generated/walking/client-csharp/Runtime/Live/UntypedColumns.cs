#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// The columns of untyped rows: one object for all rows with the same, so that a row has its values alone.
    /// </summary>
    internal sealed class UntypedColumns
    {
        private readonly string[] names;

        internal UntypedColumns(string[] names)
        {
            this.names = names;
            Utf8 = new FieldNames(names);
        }

        internal IReadOnlyList<string> Names => names;

        internal int Count => names.Length;

        internal FieldNames Utf8 { get; }

        /// <returns>-1: there is none of this name.</returns>
        internal int Find(string name) => Array.IndexOf(names, name);
    }
}
