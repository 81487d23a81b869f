#nullable enable

namespace HeTu
{
    /// <summary>How the server of one link has a component: what this client's columns are there.</summary>
    internal sealed class ComponentWire
    {
        private readonly int[]? columns;

        /// <param name="number">In the server's description; -1: it goes by name.</param>
        /// <param name="columns">For each column of the server the one here, or -1; <c>null</c>: they are the same.</param>
        /// <param name="columnCount">Columns of the server, without the id.</param>
        /// <param name="indexes">For each index here the number at the server, or -1; <c>null</c>: they are the same.</param>
        /// <param name="mismatch">Why it cannot be used over this link.</param>
        /// <param name="described">As the server describes it; <c>null</c>: nobody needs that.</param>
        internal ComponentWire(
            int number,
            int[]? columns,
            int columnCount,
            int[]? indexes,
            SchemaMismatchException? mismatch,
            DescribedComponent? described = null)
        {
            Number = number;
            this.columns = columns;
            ColumnCount = columnCount;
            Indexes = indexes;
            Mismatch = mismatch;
            Described = described;
        }

        internal int Number { get; }

        internal int ColumnCount { get; }

        internal int[]? Indexes { get; }

        internal SchemaMismatchException? Mismatch { get; }

        /// <summary>As the server describes it; <c>null</c> where the numbers are those of this client.</summary>
        internal DescribedComponent? Described { get; }

        /// <returns>The column here; -1: this client does not know it.</returns>
        internal int ColumnOf(int serverColumn) =>
            columns == null ? serverColumn : serverColumn < columns.Length ? columns[serverColumn] : -1;
    }
}
