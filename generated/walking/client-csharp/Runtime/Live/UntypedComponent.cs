#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>A component that is known by its name alone: what its columns are, the server's rows tell.</summary>
    internal sealed class UntypedComponent : ComponentType<UntypedRow>
    {
        private UntypedColumns columns = new UntypedColumns(Array.Empty<string>());
        private ComponentWire? columnsOf;

        internal UntypedComponent(string name)
            : base(name, -1)
        {
        }

        public override bool Same(UntypedRow a, UntypedRow b)
        {
            if (a.Columns.Count != b.Columns.Count) return false;
            for (var at = 0; at < a.Values.Length; at++)
            {
                // Two rows hardly ever have different layouts: then the server's schema has changed.
                var other = ReferenceEquals(a.Layout, b.Layout) ? at : b.Layout.Find(a.Columns[at]);
                if (other < 0 || !UntypedOrder.Same(a.Values[at], b.Values[other])) return false;
            }

            return true;
        }

        internal override UntypedRow ReadRow(ref MessagePackReader reader, ComponentWire wire)
        {
            try
            {
                return reader.NextIsMap ? ReadMap(ref reader) : ReadArray(ref reader, wire);
            }
            catch (SchemaMismatchException mismatch)
            {
                throw mismatch.Inside(Name);
            }
        }

        internal override UntypedRow ReadUpdate(
            UntypedRow row, uint mask, ref MessagePackReader reader, ComponentWire wire)
        {
            var copy = Copy(row);
            for (var at = 0; mask != 0; at++, mask >>= 1)
            {
                if ((mask & 1) == 0) continue;
                var value = reader.ReadUntyped();
                if (at < copy.Values.Length) copy.Values[at] = value;
            }

            return copy;
        }

        protected override UntypedRow Create(long id) =>
            new UntypedRow(id, columns, new object?[columns.Count]);

        protected override UntypedRow Copy(UntypedRow row) =>
            new UntypedRow(row.Id, row.Layout, (object?[])row.Values.Clone());

        protected override void Read(UntypedRow row, int column, ref MessagePackReader reader) =>
            row.Values[column] = reader.ReadUntyped();

        private UntypedRow ReadArray(ref MessagePackReader reader, ComponentWire wire)
        {
            var count = reader.ReadArrayHeader("");
            if (!ReferenceEquals(columnsOf, wire))
            {
                columns = new UntypedColumns(NamesOf(wire, count - 1));
                columnsOf = wire;
            }

            var row = Create(reader.ReadInt64("id"));
            for (var at = 0; at < count - 1; at++)
            {
                if (at < row.Values.Length) row.Values[at] = reader.ReadUntyped();
                else reader.Skip();
            }

            return row;
        }

        private UntypedRow ReadMap(ref MessagePackReader reader)
        {
            var count = reader.ReadMapHeader("");
            var start = reader;
            var row = ReadKnownMap(ref reader, count);
            if (row != null) return row;
            // Other columns than those of the row before: its names are learned.
            columns = new UntypedColumns(NamesOf(start, count));
            reader = start;
            return ReadKnownMap(ref reader, count) ?? throw new SchemaMismatchException("id", "did not come");
        }

        /// <returns><c>null</c>: it has other columns than the known ones.</returns>
        private UntypedRow? ReadKnownMap(ref MessagePackReader reader, int count)
        {
            if (count != columns.Count + 1) return null;
            var values = new object?[columns.Count];
            long? id = null;
            var expected = 0;
            for (var at = 0; at < count; at++)
            {
                var name = reader.ReadUtf8("");
                var found = columns.Utf8.Find(name, expected);
                if (found >= 0)
                {
                    values[found] = reader.ReadUntyped();
                    expected = found + 1;
                }
                else if (id == null && name.Length == 2 && name[0] == (byte)'i' && name[1] == (byte)'d')
                {
                    id = reader.ReadInt64("id");
                }
                else
                {
                    return null;
                }
            }

            return id == null ? null : new UntypedRow(id.Value, columns, values);
        }

        private static string[] NamesOf(MessagePackReader reader, int count)
        {
            var names = new List<string>(count);
            for (var at = 0; at < count; at++)
            {
                var name = reader.ReadString("");
                reader.Skip();
                if (name != "id" && !names.Contains(name)) names.Add(name);
            }

            return names.ToArray();
        }

        /// <summary>Columns that the server's description does not have are called by their numbers.</summary>
        private static string[] NamesOf(ComponentWire wire, int count)
        {
            var names = new string[Math.Max(count, 0)];
            for (var at = 0; at < names.Length; at++)
            {
                var described = wire.Described;
                names[at] = described != null && at < described.Columns.Count
                    ? described.Columns[at].Name
                    : FormattableString.Invariant($"{at}");
            }

            return names;
        }
    }
}
