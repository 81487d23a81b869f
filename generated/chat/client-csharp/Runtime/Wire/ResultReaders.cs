#nullable enable

namespace HeTu
{
    /// <summary>Reads results that generated code has no reader for.</summary>
    internal static class ResultReaders
    {
        /// <summary>Of a system without a result: hetu.1 answers <c>"ok"</c>, which says nothing.</summary>
        internal static readonly ValueReader<bool> None = ReadNone;

        /// <summary>Of a call by name.</summary>
        internal static readonly ValueReader<object?> Untyped = ReadUntyped;

        private static bool ReadNone(ref MessagePackReader reader) => true;

        private static object? ReadUntyped(ref MessagePackReader reader) => reader.AtEnd ? null : reader.ReadUntyped();
    }
}
