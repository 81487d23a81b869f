#nullable enable

namespace HeTu
{
    /// <summary>The parts of a composite bound.</summary>
    internal static class BoundParts
    {
        /// <summary>The mark of a composite bound stands on its last part; those before are taken literally.</summary>
        internal static void Write<T>(
            MessagePackWriter writer,
            ColumnType<T> type,
            T value,
            BoundKind kind,
            bool isLast,
            string component,
            string column)
        {
            var path = $"{component}.{column}";
            if (isLast) type.WriteBound(writer, value, kind == BoundKind.Exclusive, path);
            else type.Write(writer, value, path);
        }
    }
}
