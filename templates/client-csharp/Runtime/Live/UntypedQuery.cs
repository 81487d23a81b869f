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
            string component,
            string index,
            object? left,
            object? right)
        {
            if (component == null) throw new ArgumentNullException(nameof(component));
            if (index == null) throw new ArgumentNullException(nameof(index));
            var path = $"{component}.{index}";
            var bounds = new BoundWriter();
            // Without a left bound there is no value that the right one could be equal to.
            UntypedValues.Write(bounds.Left, left ?? Array.Empty<object>(), path);
            UntypedValues.Write(bounds.Right, right ?? (left == null ? Array.Empty<object>() : null), path);
            return new RangeQuery<UntypedRow>(
                context, bounds.Parameters(new UntypedComponent(component), new UntypedIndex(index)));
        }
    }
}
