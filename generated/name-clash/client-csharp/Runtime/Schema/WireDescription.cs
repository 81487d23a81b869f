#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// The public part of a schema as hetu.2 numbers it: what is on the wire a number is a position in these lists.
    /// </summary>
    public sealed class WireDescription
    {
        /// <summary>Written by generated code.</summary>
        public WireDescription(
            DescribedComponent[] components,
            DescribedCallable[] callables,
            DescribedMessage[] errors,
            DescribedMessage[] events)
        {
            Components = components;
            Callables = callables;
            Errors = errors;
            Events = events;
        }

        /// <summary>In schema order.</summary>
        public IReadOnlyList<DescribedComponent> Components { get; }

        /// <summary>Systems, then endpoints.</summary>
        public IReadOnlyList<DescribedCallable> Callables { get; }

        /// <summary>In schema order.</summary>
        public IReadOnlyList<DescribedMessage> Errors { get; }

        /// <summary>In schema order.</summary>
        public IReadOnlyList<DescribedMessage> Events { get; }

        internal static WireDescription Empty { get; } = new WireDescription(
            System.Array.Empty<DescribedComponent>(),
            System.Array.Empty<DescribedCallable>(),
            System.Array.Empty<DescribedMessage>(),
            System.Array.Empty<DescribedMessage>());
    }
}
