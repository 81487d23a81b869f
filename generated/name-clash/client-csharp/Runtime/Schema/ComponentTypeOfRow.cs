#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// One component of a schema, whose rows are <typeparamref name="TRow"/>. Generated code derives one class for each
    /// component; what is the same for all of them is here.
    /// </summary>
    public abstract class ComponentType<TRow> : ComponentType
        where TRow : class, IRow
    {
        private readonly FieldNames names;
        private readonly Dictionary<string, ComponentType<TRow>> copies = new Dictionary<string, ComponentType<TRow>>();

        /// <summary>Written by generated code.</summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="number">Position in the description.</param>
        /// <param name="columns">All but <c>id</c>, in the order of the description; at most 65,535.</param>
        protected ComponentType(string name, int number, params ColumnSpec[] columns)
            : base(name, number, columns)
        {
            var all = new string[columns.Length + 1];
            all[0] = "id";
            for (var at = 0; at < columns.Length; at++) all[at + 1] = columns[at].Name;
            names = new FieldNames(all);
        }

        /// <summary>The separate tables called <c>Name:suffix</c>. The same object for the same suffix.</summary>
        /// <param name="suffix">As in the schema.</param>
        public ComponentType<TRow> Table(string suffix)
        {
            lock (copies)
            {
                if (!copies.TryGetValue(suffix, out var copy))
                {
                    copy = (ComponentType<TRow>)Clone(suffix);
                    copies.Add(suffix, copy);
                }

                return copy;
            }
        }

        /// <summary>Whether no column differs; NaN is the same as NaN.</summary>
        public abstract bool Same(TRow a, TRow b);

        /// <summary>A row with this id and the default of each type everywhere else.</summary>
        protected abstract TRow Create(long id);

        /// <summary>Another row with the same values.</summary>
        protected abstract TRow Copy(TRow row);

        /// <summary>
        /// Reads one value into a row that nobody has seen yet. For an optional column it may be nil, which is to be the
        /// property's <c>null</c>.
        /// </summary>
        /// <param name="row">Made by <see cref="Create"/> or <see cref="Copy"/>.</param>
        /// <param name="column">Position among the columns.</param>
        /// <param name="reader">In front of the value; behind it afterwards.</param>
        /// <exception cref="SchemaMismatchException">With the name of the column as path.</exception>
        protected abstract void Read(TRow row, int column, ref MessagePackReader reader);

        /// <summary>Reads a whole row: a map by name (hetu.1), or an array of the id and the columns (hetu.2).</summary>
        /// <param name="reader">In front of the row; when this throws, it is somewhere inside.</param>
        /// <param name="wire">How the server of this link numbers the columns; not looked at for a map.</param>
        /// <exception cref="SchemaMismatchException">With component and column as path.</exception>
        internal virtual TRow ReadRow(ref MessagePackReader reader, ComponentWire wire)
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

        /// <summary>Reads the values of an update of hetu.2 into a copy of a row.</summary>
        /// <param name="row">The row as it was.</param>
        /// <param name="mask">Which columns of the server's description follow, bit 0 for the first.</param>
        /// <param name="reader">In front of the first value.</param>
        /// <param name="wire">How the server of this link numbers the columns.</param>
        /// <exception cref="SchemaMismatchException">With component and column as path.</exception>
        internal virtual TRow ReadUpdate(TRow row, uint mask, ref MessagePackReader reader, ComponentWire wire)
        {
            var copy = Copy(row);
            try
            {
                for (var at = 0; mask != 0; at++, mask >>= 1)
                {
                    if ((mask & 1) == 0) continue;
                    var column = wire.ColumnOf(at);
                    if (column < 0) reader.Skip();
                    else ReadColumn(copy, column, ref reader);
                }
            }
            catch (SchemaMismatchException mismatch)
            {
                throw mismatch.Inside(Name);
            }

            return copy;
        }

        private TRow ReadArray(ref MessagePackReader reader, ComponentWire wire)
        {
            var count = reader.ReadArrayHeader("");
            if (count != wire.ColumnCount + 1)
            {
                throw new SchemaMismatchException("", $"came with {count} values instead of {wire.ColumnCount + 1}");
            }

            var row = Create(reader.ReadInt64("id"));
            for (var at = 0; at < wire.ColumnCount; at++)
            {
                var column = wire.ColumnOf(at);
                if (column < 0) reader.Skip();
                else ReadColumn(row, column, ref reader);
            }

            return row;
        }

        private TRow ReadMap(ref MessagePackReader reader)
        {
            var count = reader.ReadMapHeader("");
            var row = Create(FindId(reader, count));
            Span<ulong> seen = stackalloc ulong[(Columns.Count + 63) / 64];
            seen.Clear();
            var expected = 0;
            for (var at = 0; at < count; at++)
            {
                var found = reader.NextIsString ? names.Find(reader.ReadUtf8(""), expected) : SkipKey(ref reader);
                if (found < 1)
                {
                    reader.Skip();
                    if (found == 0) expected = 1;
                    continue;
                }

                expected = found + 1;
                var column = found - 1;
                ReadColumn(row, column, ref reader);
                seen[column >> 6] |= 1UL << (column & 63);
            }

            for (var column = 0; column < Columns.Count; column++)
            {
                if ((seen[column >> 6] & (1UL << (column & 63))) != 0 || Columns[column].Optional) continue;
                throw new SchemaMismatchException(Columns[column].Name, "did not come");
            }

            return row;
        }

        private void ReadColumn(TRow row, int column, ref MessagePackReader reader) => Read(row, column, ref reader);

        private static int SkipKey(ref MessagePackReader reader)
        {
            reader.Skip();
            return -1;
        }

        /// <param name="reader">A copy: the caller's stays in front of the first key.</param>
        /// <param name="count">Pairs.</param>
        private long FindId(MessagePackReader reader, int count)
        {
            for (var at = 0; at < count; at++)
            {
                var found = reader.NextIsString ? names.Find(reader.ReadUtf8(""), 0) : SkipKey(ref reader);
                if (found == 0) return reader.ReadInt64("id");
                reader.Skip();
            }

            throw new SchemaMismatchException("id", "did not come");
        }
    }
}
