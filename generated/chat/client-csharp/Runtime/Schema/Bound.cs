#nullable enable

namespace HeTu
{
    /// <summary>Makes bounds of ranges.</summary>
    public static class Bound
    {
        /// <summary>A value that is not part of the range.</summary>
        public static Bound<T1> Exclusive<T1>(T1 first) => new Bound<T1>(BoundKind.Exclusive, 1, first);

        /// <summary>A key that is not part of the range; of a longer index, nothing that begins with it.</summary>
        public static Bound<T1, T2> Exclusive<T1, T2>(T1 first, T2 second) =>
            new Bound<T1, T2>(BoundKind.Exclusive, 2, first, second);

        /// <summary>A key that is not part of the range; of a longer index, nothing that begins with it.</summary>
        public static Bound<T1, T2, T3> Exclusive<T1, T2, T3>(T1 first, T2 second, T3 third) =>
            new Bound<T1, T2, T3>(BoundKind.Exclusive, 3, first, second, third);

        /// <summary>A key that is not part of the range; of a longer index, nothing that begins with it.</summary>
        public static Bound<T1, T2, T3, T4> Exclusive<T1, T2, T3, T4>(T1 first, T2 second, T3 third, T4 fourth) =>
            new Bound<T1, T2, T3, T4>(BoundKind.Exclusive, 4, first, second, third, fourth);

        /// <summary>A value that is part of the range; what a value alone means, too.</summary>
        public static Bound<T1> Inclusive<T1>(T1 first) => new Bound<T1>(BoundKind.Inclusive, 1, first);
    }
}
