#nullable enable

using System;
using System.Collections.Generic;
using System.Globalization;

namespace HeTu
{
    /// <summary>One namespace, as generated code tells the client about it.</summary>
    public sealed class Schema
    {
        private readonly Dictionary<Type, ComponentType> componentsByRow = new Dictionary<Type, ComponentType>();
        private readonly Dictionary<Type, EventSpec> eventsByType = new Dictionary<Type, EventSpec>();

        /// <summary>Written by generated code.</summary>
        /// <param name="name">The namespace.</param>
        /// <param name="fingerprint">Of the description, in hexadecimal; empty: there is none, the server is asked for its own.</param>
        /// <param name="description">What numbers mean.</param>
        /// <param name="components">Each with the type of its rows: made by <see cref="Row{TRow}"/>.</param>
        /// <param name="callables">Systems and endpoints.</param>
        /// <param name="errors">What calls reject with.</param>
        /// <param name="events">What the server sends.</param>
        public Schema(
            string name,
            string fingerprint,
            WireDescription description,
            IEnumerable<KeyValuePair<Type, ComponentType>> components,
            IReadOnlyList<Callable> callables,
            IReadOnlyList<ErrorSpec> errors,
            IReadOnlyList<EventSpec> events)
        {
            Name = name;
            Fingerprint = fingerprint;
            FingerprintBytes = Bytes(fingerprint);
            Description = description;
            Callables = callables;
            Errors = errors;
            Events = events;
            foreach (var component in components) componentsByRow.Add(component.Key, component.Value);
            foreach (var spec in events) eventsByType.Add(spec.Type, spec);
            foreach (var callable in callables) UsesOnce |= callable.Once;
        }

        /// <summary>A schema that knows nothing: names are sent as they are.</summary>
        public static Schema Untyped { get; } = new Schema(
            "",
            "",
            WireDescription.Empty,
            Array.Empty<KeyValuePair<Type, ComponentType>>(),
            Array.Empty<Callable>(),
            Array.Empty<ErrorSpec>(),
            Array.Empty<EventSpec>());

        /// <summary>The namespace.</summary>
        public string Name { get; }

        /// <summary>Of the description, in hexadecimal; empty when there is none.</summary>
        public string Fingerprint { get; }

        /// <summary>What numbers mean.</summary>
        public WireDescription Description { get; }

        /// <summary>Systems and endpoints.</summary>
        public IReadOnlyList<Callable> Callables { get; }

        /// <summary>What calls reject with.</summary>
        public IReadOnlyList<ErrorSpec> Errors { get; }

        /// <summary>What the server sends.</summary>
        public IReadOnlyList<EventSpec> Events { get; }

        /// <summary>As hetu.2 wants it; empty when there is none.</summary>
        internal byte[] FingerprintBytes { get; }

        /// <summary>Whether a callable is <c>@once</c>: then the server is asked for its time.</summary>
        internal bool UsesOnce { get; }

        /// <summary>A component under the type of its rows.</summary>
        public static KeyValuePair<Type, ComponentType> Row<TRow>(ComponentType<TRow> component)
            where TRow : class, IRow => new KeyValuePair<Type, ComponentType>(typeof(TRow), component);

        /// <summary>The component whose rows are of this type.</summary>
        /// <exception cref="ArgumentException">When the namespace has no such component.</exception>
        public ComponentType<TRow> Component<TRow>()
            where TRow : class, IRow
        {
            if (componentsByRow.TryGetValue(typeof(TRow), out var found)) return (ComponentType<TRow>)found;
            throw new ArgumentException($"the namespace {Name} has no component with rows of type {typeof(TRow).Name}");
        }

        /// <summary>The event of this type.</summary>
        /// <exception cref="ArgumentException">When the namespace has no such event.</exception>
        public EventSpec<T> Event<T>()
            where T : class
        {
            if (eventsByType.TryGetValue(typeof(T), out var found)) return (EventSpec<T>)found;
            throw new ArgumentException($"the namespace {Name} has no event of type {typeof(T).Name}");
        }

        private static byte[] Bytes(string hexadecimal)
        {
            var bytes = new byte[hexadecimal.Length / 2];
            for (var at = 0; at < bytes.Length; at++)
            {
                bytes[at] = byte.Parse(
                    hexadecimal.AsSpan(at * 2, 2),
                    NumberStyles.HexNumber,
                    CultureInfo.InvariantCulture);
            }

            return bytes;
        }
    }
}
