#nullable enable

namespace HeTu
{
    /// <summary>Takes both bounds of a range as they are on the wire.</summary>
    internal sealed class BoundWriter
    {
        internal MessagePackWriter Left { get; } = new MessagePackWriter();

        internal MessagePackWriter Right { get; } = new MessagePackWriter();

        internal QueryParameters<TRow> Parameters<TRow>(ComponentType<TRow> component, Index<TRow> index)
            where TRow : class, IRow =>
            new QueryParameters<TRow>(
                component, index, Left.ToArray(), Right.ToArray(), QueryParameters.DefaultLimit, false);
    }
}
