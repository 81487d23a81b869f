#nullable enable

namespace HeTu
{
    /// <summary>
    /// One end of a range of an index of one column: a value, which is part of the range, <c>Bound.Exclusive(…)</c>,
    /// or <see cref="Open"/>.
    /// </summary>
    public readonly struct Bound<T1>
    {
        internal readonly BoundKind Kind;

        /// <summary>How many of the columns are given, from the first on.</summary>
        internal readonly int Count;
        internal readonly T1 First;

        internal Bound(BoundKind kind, int count, T1 first)
        {
            Kind = kind;
            Count = count;
            First = first;
        }

        /// <summary>No end.</summary>
        public static Bound<T1> Open => new Bound<T1>(BoundKind.Open, 0, default!);

        /// <summary>A value that is part of the range.</summary>
        public static implicit operator Bound<T1>(T1 value) => new Bound<T1>(BoundKind.Inclusive, 1, value);

        /// <summary>Checks the bound and writes it: the value alone.</summary>
        internal void Write<TRow>(MessagePackWriter writer, Index<TRow, T1> index, string component, bool isLeft)
            where TRow : class, IRow
        {
            if (Kind == BoundKind.Open)
            {
                if (isLeft) index.First.WriteLeast(writer);
                else index.First.WriteGreatest(writer);
                return;
            }

            index.First.WriteBound(writer, First, Kind == BoundKind.Exclusive, $"{component}.{index.ColumnNames[0]}");
        }
    }
}
