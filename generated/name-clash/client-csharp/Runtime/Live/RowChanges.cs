#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// Reads what has changed, all of it before any row is touched: what cannot be read to its end changes nothing. One
    /// object serves update after update.
    /// </summary>
    internal sealed class RowChanges<TRow>
        where TRow : class, IRow
    {
        private readonly ComponentType<TRow> component;
        private readonly List<(long Id, TRow? Row)> read = new List<(long Id, TRow? Row)>();

        internal RowChanges(ComponentType<TRow> component)
        {
            this.component = component;
        }

        /// <summary>Reads an update of hetu.1: a map of ids to rows or nil.</summary>
        /// <exception cref="SchemaMismatchException">When a row is of another schema.</exception>
        internal void ReadMap(ref MessagePackReader body, ComponentWire wire)
        {
            read.Clear();
            for (var left = body.ReadMapHeader(component.Name); left > 0; left--)
            {
                var id = body.ReadInt64(component.Name);
                read.Add((id, body.TryReadNil() ? null : component.ReadRow(ref body, wire)));
            }
        }

        /// <summary>Reads a delta of hetu.2: updates, inserts and deletes, of which the last may be left out.</summary>
        /// <param name="body">In front of it.</param>
        /// <param name="wire">How the server has the component.</param>
        /// <param name="rows">What the updates are to.</param>
        /// <exception cref="SchemaMismatchException">When a row is of another schema.</exception>
        /// <exception cref="WireException">When a row is updated that is not there.</exception>
        internal void ReadDelta(ref MessagePackReader body, ComponentWire wire, RowSet<TRow> rows)
        {
            read.Clear();
            var lists = body.ReadArrayHeader(component.Name);
            for (var list = 0; list < lists; list++)
            {
                var count = body.ReadArrayHeader(component.Name);
                for (var at = 0; at < count; at++)
                {
                    if (list == 0) ReadUpdate(ref body, wire, rows);
                    else if (list == 1) ReadInsert(ref body, wire);
                    else if (list == 2) read.Add((body.ReadInt64(component.Name), null));
                    else body.Skip();
                }
            }
        }

        /// <summary>Puts what was read into rows.</summary>
        /// <param name="rows">Locked meanwhile: other threads see all of it or nothing.</param>
        /// <param name="changes">Takes the difference; <c>null</c>: nobody wants it.</param>
        internal void Apply(RowSet<TRow> rows, ChangeList<TRow>? changes)
        {
            lock (rows.Gate)
            {
                foreach (var (id, row) in read)
                {
                    var old = rows.Find(id);
                    if (old == null ? row == null : row != null && component.Same(old, row)) continue;
                    if (row == null) rows.Remove(id);
                    else rows.Set(row);
                    changes?.Add(new Change<TRow>(old, row));
                }
            }

            read.Clear();
        }

        private void ReadUpdate(ref MessagePackReader body, ComponentWire wire, RowSet<TRow> rows)
        {
            var values = body.ReadArrayHeader(component.Name);
            if (values < 2) throw new WireException($"an update of {component.Name} has {values} values");
            var mask = body.ReadUInt32(component.Name);
            var id = body.ReadInt64(component.Name);
            var old = rows.Find(id);
            if (old == null) throw new WireException($"an update of row {id} of {component.Name}, which is not here");
            read.Add((id, component.ReadUpdate(old, mask, ref body, wire)));
        }

        private void ReadInsert(ref MessagePackReader body, ComponentWire wire)
        {
            var row = component.ReadRow(ref body, wire);
            read.Add((row.Id, row));
        }
    }
}
