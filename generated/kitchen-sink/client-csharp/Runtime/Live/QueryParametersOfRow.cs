#nullable enable

namespace HeTu
{
    /// <summary>What a query asks the server for.</summary>
    internal sealed class QueryParameters<TRow> : QueryParameters
        where TRow : class, IRow
    {
        internal QueryParameters(
            ComponentType<TRow> component,
            Index<TRow> index,
            byte[] left,
            byte[] right,
            int limit,
            bool descending)
            : base(component, index.Name, index.Number, left, right, limit, descending)
        {
            Component = component;
            Index = index;
        }

        internal new ComponentType<TRow> Component { get; }

        internal Index<TRow> Index { get; }

        internal QueryParameters<TRow> With(int limit, bool descending) =>
            new QueryParameters<TRow>(Component, Index, Left, Right, limit, descending);
    }
}
