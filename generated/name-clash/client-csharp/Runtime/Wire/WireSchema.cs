#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// How names and numbers stand on one link: over hetu.1 everything goes by name, over hetu.2 by position in the
    /// server's description, which may differ from that of this client.
    /// </summary>
    internal sealed class WireSchema
    {
        private static readonly ComponentWire ByName = new ComponentWire(-1, null, -1, null, null);

        private readonly Schema schema;
        private readonly Dictionary<ComponentType, ComponentWire> components =
            new Dictionary<ComponentType, ComponentWire>();

        private readonly Dictionary<Callable, CallableWire> callables = new Dictionary<Callable, CallableWire>();
        private readonly Dictionary<string, ErrorSpec> errors = new Dictionary<string, ErrorSpec>();

        private WireSchema(Schema schema, bool isHetu2, WireDescription? differing)
        {
            this.schema = schema;
            IsHetu2 = isHetu2;
            Differing = differing;
            foreach (var error in schema.Errors) errors[error.Name] = error;
        }

        /// <summary>Whether the link speaks hetu.2; hetu.1 otherwise.</summary>
        internal bool IsHetu2 { get; }

        /// <summary>The server's description when it differs from that of this client.</summary>
        internal WireDescription? Differing { get; }

        /// <summary>The description that numbers of this link refer to.</summary>
        internal WireDescription Description => Differing ?? schema.Description;

        internal static WireSchema Hetu1(Schema schema) => new WireSchema(schema, false, null);

        /// <param name="schema">Of this client.</param>
        /// <param name="differing"><c>null</c> when the server has the same.</param>
        internal static WireSchema Hetu2(Schema schema, WireDescription? differing) =>
            new WireSchema(schema, true, differing);

        /// <summary>How the server has a component. Looked up once for a link.</summary>
        internal ComponentWire For(ComponentType component)
        {
            if (!IsHetu2) return ByName;
            if (components.TryGetValue(component, out var known)) return known;
            var found = Differing == null && component.Number >= 0
                ? new ComponentWire(component.Number, null, component.Columns.Count, null, null)
                : DescriptionMatch.Component(component, schema.Description, Description);
            components.Add(component, found);
            return found;
        }

        /// <summary>Writes what stands for a component: its number, else its name; a copy's name.</summary>
        /// <exception cref="SchemaMismatchException">When it cannot be used with this server.</exception>
        internal void WriteComponent(MessagePackWriter writer, ComponentType component)
        {
            var wire = For(component);
            if (wire.Mismatch != null) throw wire.Mismatch;
            if (wire.Number < 0 || component.IsCopy) writer.WriteString(component.Name);
            else writer.WriteInt64(wire.Number);
        }

        /// <summary>Writes what stands for an index: its number, else its name.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="component">Whose index it is.</param>
        /// <param name="name">As in the schema.</param>
        /// <param name="number">In this client's description; -1: it goes by name.</param>
        internal void WriteIndex(MessagePackWriter writer, ComponentType component, string name, int number)
        {
            var wire = For(component);
            var there = number < 0 ? -1 : wire.Indexes == null ? number : wire.Indexes[number];
            if (wire.Number < 0 || there < 0) writer.WriteString(name);
            else writer.WriteInt64(there);
        }

        /// <summary>Writes what stands for a callable: its number, else its name.</summary>
        /// <exception cref="SchemaMismatchException">When it cannot be used with this server.</exception>
        internal void WriteCallable(MessagePackWriter writer, Callable callable)
        {
            var number = -1;
            if (IsHetu2)
            {
                if (!callables.TryGetValue(callable, out var wire))
                {
                    wire = Differing == null && callable.Number >= 0
                        ? new CallableWire(callable.Number, null)
                        : DescriptionMatch.Callable(callable, schema.Description, Description);
                    callables.Add(callable, wire);
                }

                if (wire.Mismatch != null) throw wire.Mismatch;
                number = wire.Number;
            }

            if (number < 0) writer.WriteString(callable.Name);
            else writer.WriteInt64(number);
        }

        /// <summary>The name of an error in the server's description; one that it does not have gets a name of its own.</summary>
        internal string ErrorName(long number) =>
            NameOf(Description.Errors, number) ?? FormattableString.Invariant($"ERROR_{number}");

        /// <summary>The name of an event in the server's description; <c>null</c>: it has none of this number.</summary>
        internal string? EventName(long number) => NameOf(Description.Events, number);

        /// <summary>What keeps an event of this client's schema from being read on this link.</summary>
        internal SchemaMismatchException? EventProblem(string name) =>
            Differing == null ? null : DescriptionMatch.Event(name, schema.Description, Differing);

        /// <summary>The error of this client's schema; <c>null</c>: it has none of this name.</summary>
        internal ErrorSpec? Error(string name) => errors.TryGetValue(name, out var spec) ? spec : null;

        private static string? NameOf(IReadOnlyList<DescribedMessage> messages, long number) =>
            number >= 0 && number < messages.Count ? messages[(int)number].Name : null;
    }
}
