#nullable enable

namespace HeTu
{
    /// <summary>
    /// One end of a range of an index of three columns: a value, which is part of the range, <c>Bound.Exclusive(…)</c>,
    /// or <see cref="Open"/>.
    /// </summary>
    public readonly struct Bound<T1, T2, T3>
    {
        internal readonly BoundKind Kind;

        /// <summary>How many of the columns are given, from the first on.</summary>
        internal readonly int Count;
        internal readonly T1 First;
        internal readonly T2 Second;
        internal readonly T3 Third;

        internal Bound(BoundKind kind, int count, T1 first, T2 second, T3 third)
        {
            Kind = kind;
            Count = count;
            First = first;
            Second = second;
            Third = third;
        }

        /// <summary>No end.</summary>
        public static Bound<T1, T2, T3> Open => new Bound<T1, T2, T3>(BoundKind.Open, 0, default!, default!, default!);

        /// <summary>The leading part of the key, part of the range.</summary>
        public static implicit operator Bound<T1, T2, T3>(T1 value) =>
            new Bound<T1, T2, T3>(BoundKind.Inclusive, 1, value, default!, default!);

        /// <summary>A bound of a leading part of the key.</summary>
        public static implicit operator Bound<T1, T2, T3>(Bound<T1> bound) =>
            new Bound<T1, T2, T3>(bound.Kind, bound.Count, bound.First, default!, default!);

        /// <summary>The leading part of the key, part of the range.</summary>
        public static implicit operator Bound<T1, T2, T3>((T1, T2) value) =>
            new Bound<T1, T2, T3>(BoundKind.Inclusive, 2, value.Item1, value.Item2, default!);

        /// <summary>A bound of a leading part of the key.</summary>
        public static implicit operator Bound<T1, T2, T3>(Bound<T1, T2> bound) =>
            new Bound<T1, T2, T3>(bound.Kind, bound.Count, bound.First, bound.Second, default!);

        /// <summary>The whole key, part of the range.</summary>
        public static implicit operator Bound<T1, T2, T3>((T1, T2, T3) value) =>
            new Bound<T1, T2, T3>(BoundKind.Inclusive, 3, value.Item1, value.Item2, value.Item3);

        /// <summary>Checks the bound and writes it: an array of its parts, empty when it is open.</summary>
        internal void Write<TRow>(MessagePackWriter writer, Index<TRow, T1, T2, T3> index, string component)
            where TRow : class, IRow
        {
            writer.WriteArrayHeader(Count);
            if (Count == 0) return;
            BoundParts.Write(writer, index.First, First, Kind, 0 == Count - 1, component, index.ColumnNames[0]);
            if (Count > 1)
                BoundParts.Write(writer, index.Second, Second, Kind, 1 == Count - 1, component, index.ColumnNames[1]);
            if (Count > 2)
                BoundParts.Write(writer, index.Third, Third, Kind, 2 == Count - 1, component, index.ColumnNames[2]);
        }
    }
}
