#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// Finds what this client knows in a description that differs from its own. What travels otherwise cannot be used;
    /// whoever uses it is told exactly what differs.
    /// </summary>
    internal static class DescriptionMatch
    {
        /// <param name="component">Of this client; its number is -1 when it has no description, then only names count.</param>
        /// <param name="own">This client's description.</param>
        /// <param name="server">The server's description.</param>
        internal static ComponentWire Component(ComponentType component, WireDescription own, WireDescription server)
        {
            var number = IndexOf(server.Components, described => described.Name == component.BaseName);
            if (number < 0)
            {
                var missing = component.Number < 0 ? null : Missing(component.BaseName);
                return new ComponentWire(-1, null, component.Columns.Count, null, missing);
            }

            var there = server.Components[number];
            var columns = new int[there.Columns.Count];
            for (var at = 0; at < columns.Length; at++)
            {
                columns[at] = IndexOf(component.Columns, column => column.Name == there.Columns[at].Name);
            }

            var here = component.Number < 0 ? null : own.Components[component.Number];
            var mismatch = here == null ? null : Differing(here.Name, here.Columns, there.Columns);
            return new ComponentWire(
                number, columns, columns.Length, here == null ? null : Indexes(here, there), mismatch, there);
        }

        /// <param name="callable">Of this client; its number is -1 when it has no description, then only its name counts.</param>
        /// <param name="own">This client's description.</param>
        /// <param name="server">The server's description.</param>
        internal static CallableWire Callable(Callable callable, WireDescription own, WireDescription server)
        {
            var number = IndexOf(server.Callables, described => described.Name == callable.Name);
            if (callable.Number < 0) return new CallableWire(number, null);
            if (number < 0)
            {
                return new CallableWire(-1, Missing(callable.Name));
            }

            return new CallableWire(number, MismatchOf(own.Callables[callable.Number], server.Callables[number]));
        }

        /// <summary>What keeps an event from being read; <c>null</c> too when this client does not know it.</summary>
        internal static SchemaMismatchException? Event(string name, WireDescription own, WireDescription server)
        {
            var here = IndexOf(own.Events, described => described.Name == name);
            if (here < 0) return null;
            var there = IndexOf(server.Events, described => described.Name == name);
            return there < 0 ? Missing(name) : Differing(name, own.Events[here].Fields, server.Events[there].Fields);
        }

        /// <summary>Parameters that the server has added do no harm when they are optional.</summary>
        private static SchemaMismatchException? MismatchOf(DescribedCallable here, DescribedCallable there)
        {
            var isSame = here.Parameters.Count <= there.Parameters.Count;
            for (var at = 0; isSame && at < there.Parameters.Count; at++)
            {
                isSame = at < here.Parameters.Count
                    ? Fits(here.Parameters[at], there.Parameters[at])
                    : there.Parameters[at].EndsWith("?", StringComparison.Ordinal);
            }

            if (!isSame)
            {
                return new SchemaMismatchException(
                    here.Name,
                    $"takes ({string.Join(", ", here.Parameters)}) here and ({string.Join(", ", there.Parameters)}) on the server");
            }

            return Fits(there.Result, here.Result)
                ? null
                : new SchemaMismatchException(
                    here.Name,
                    $"returns {ResultText(here)} here and {ResultText(there)} on the server");
        }

        /// <summary>Whether what is always given may be taken: what need not be given travels alike when it is.</summary>
        private static bool Fits(string given, string taken) =>
            taken == given || (given.Length > 0 && taken == given + "?");

        private static string ResultText(DescribedCallable callable) =>
            callable.Result.Length == 0 ? "nothing" : callable.Result;

        private static SchemaMismatchException Missing(string path) =>
            new SchemaMismatchException(path, "is not on the server");

        /// <summary>All that the server has otherwise; what only the server has does no harm.</summary>
        private static SchemaMismatchException? Differing(
            string owner,
            IReadOnlyList<DescribedField> here,
            IReadOnlyList<DescribedField> there)
        {
            string? path = null;
            var problem = "";
            foreach (var field in here)
            {
                var at = IndexOf(there, described => described.Name == field.Name);
                if (at >= 0 && there[at].Type == field.Type) continue;
                var difference = at < 0 ? "is not on the server" : $"is {field.Type} here and {there[at].Type} on the server";
                problem += path == null ? difference : $"; {owner}.{field.Name} {difference}";
                path ??= $"{owner}.{field.Name}";
            }

            return path == null ? null : new SchemaMismatchException(path, problem);
        }

        /// <summary>Number 0 is <c>id</c> on both sides; an index that the server lacks goes by name, and is refused.</summary>
        private static int[] Indexes(DescribedComponent here, DescribedComponent there)
        {
            var numbers = new int[here.Indexes.Count + 1];
            for (var at = 1; at < numbers.Length; at++)
            {
                var found = IndexOf(there.Indexes, name => name == here.Indexes[at - 1]);
                numbers[at] = found < 0 ? -1 : found + 1;
            }

            return numbers;
        }

        private static int IndexOf<T>(IReadOnlyList<T> list, Func<T, bool> matches)
        {
            for (var at = 0; at < list.Count; at++)
            {
                if (matches(list[at])) return at;
            }

            return -1;
        }
    }
}
