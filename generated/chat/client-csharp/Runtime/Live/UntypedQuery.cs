#nullable enable

using System;

namespace HeTu
{
    /// <summary>Queries of components by name, for tools.</summary>
    internal static class UntypedQuery
    {
        /// <summary>A range of an index, bounded by values as they are on the wire.</summary>
        internal static RangeQuery<UntypedRow> Of(
            ILiveContext context,
            UntypedComponent component,
            string index,
            object? left,
            object? right)
        {
            var path = $"{component.Name}.{index}";
            var bounds = new BoundWriter();
            // Without a left bound there is no value that the right one could be equal to.
            UntypedValue.Write(bounds.Left, left ?? Array.Empty<object>(), path);
            UntypedValue.Write(bounds.Right, right ?? (left == null ? Array.Empty<object>() : null), path);
            return new RangeQuery<UntypedRow>(
                context, bounds.Parameters(component, new UntypedIndex(index)));
        }
    }
}
