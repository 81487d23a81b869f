#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// A row whose component this client knows no type for: its columns by their names in the schema.
    /// </summary>
    public sealed class UntypedRow : IRow
    {
        private readonly UntypedColumns columns;

        internal UntypedRow(long id, UntypedColumns columns, object?[] values)
        {
            Id = id;
            this.columns = columns;
            Values = values;
        }

        /// <inheritdoc/>
        public long Id { get; }

        /// <summary>The names of all columns but <c>id</c>, in the order in which the server sends them.</summary>
        public IReadOnlyList<string> Columns => columns.Names;

        internal object?[] Values { get; }

        internal UntypedColumns Layout => columns;

        /// <summary>
        /// The value of a column as the server sends it: <see cref="long"/> (<see cref="ulong"/> above its range), <see
        /// cref="double"/>, <see cref="bool"/> (over hetu.1 the numbers 0 and 1), <see cref="string"/>, <c>byte[]</c>,
        /// or <c>null</c> where this reader may not get it. Enums and timestamps are whole numbers.
        /// </summary>
        /// <param name="column">As in the schema; <c>id</c>, too.</param>
        /// <exception cref="KeyNotFoundException">The row has no such column.</exception>
        public object? this[string column]
        {
            get
            {
                if (TryGetValue(column, out var value)) return value;
                throw new KeyNotFoundException(
                    $"the row has no column {column}: it has {string.Join(", ", columns.Names)}");
            }
        }

        /// <summary>The value of a column, when the row has it.</summary>
        /// <param name="column">As in the schema; <c>id</c>, too.</param>
        /// <param name="value">As the indexer gives it.</param>
        public bool TryGetValue(string column, out object? value)
        {
            var at = columns.Find(column);
            value = at >= 0 ? Values[at] : column == "id" ? (object)Id : null;
            return at >= 0 || column == "id";
        }
    }
}
