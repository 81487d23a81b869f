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
                // By name all the same: admins may be told of what descriptions leave out.
                var missing = component.Number < 0
                    ? null
                    : new SchemaMismatchException(component.BaseName, "is not in the server's schema");
                return new ComponentWire(-1, null, component.Columns.Count, null, missing);
            }

            var there = server.Components[number];
            var columns = new int[there.Columns.Count];
            for (var at = 0; at < columns.Length; at++)
            {
                columns[at] = IndexOf(component.Columns, column => column.Name == there.Columns[at].Name);
            }

            var here = component.Number < 0 ? null : own.Components[component.Number];
            var mismatch = here == null ? null : MismatchOf(here, there);
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
                return new CallableWire(-1, new SchemaMismatchException(callable.Name, "is not in the server's schema"));
            }

            var here = Signature(own.Callables[callable.Number]);
            var there = Signature(server.Callables[number]);
            return new CallableWire(
                number,
                here == there ? null : new SchemaMismatchException(callable.Name, $"is {there} there instead of {here}"));
        }

        private static SchemaMismatchException? MismatchOf(DescribedComponent here, DescribedComponent there)
        {
            foreach (var column in here.Columns)
            {
                var path = $"{here.Name}.{column.Name}";
                var at = IndexOf(there.Columns, described => described.Name == column.Name);
                if (at < 0) return new SchemaMismatchException(path, "is not in the server's schema");
                if (there.Columns[at].Type != column.Type)
                {
                    return new SchemaMismatchException(path, $"is {there.Columns[at].Type} there instead of {column.Type}");
                }
            }

            return null;
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

        private static string Signature(DescribedCallable callable) =>
            $"({string.Join(", ", callable.Parameters)}){(callable.Result.Length == 0 ? "" : $": {callable.Result}")}";

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
