#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// Changes that wait for a reader, merged by row, so that there never are more of them than rows that the reader
    /// has seen and rows that there are now: an insert and its delete vanish, two updates become one.
    /// </summary>
    internal sealed class ChangeQueue<TRow>
        where TRow : class, IRow
    {
        private const int FewPlaces = 16;

        private readonly ComponentType<TRow> component;

        /// <summary>
        /// In the order in which they are read; a place whose change has moved or vanished holds none.
        /// </summary>
        private readonly List<Change<TRow>> places = new List<Change<TRow>>();
        private readonly Dictionary<long, int> placeOf = new Dictionary<long, int>();
        private int next;

        internal ChangeQueue(ComponentType<TRow> component) => this.component = component;

        /// <summary>How many changes wait.</summary>
        internal int Count => placeOf.Count;

        internal void Push(in Change<TRow> change)
        {
            var id = change.Latest.Id;
            var merged = change;
            if (placeOf.TryGetValue(id, out var place))
            {
                merged = Between(places[place].Old, change.Row);
                places[place] = default;
                placeOf.Remove(id);
            }

            if (merged.IsNone) return;

            // A merged change goes to the end: what the reader has not seen comes in the order in which it became so.
            Compact();
            placeOf.Add(id, places.Count);
            places.Add(merged);
        }

        internal bool TryTake(out Change<TRow> change)
        {
            while (next < places.Count)
            {
                change = places[next];
                places[next++] = default;
                if (change.IsNone) continue;
                placeOf.Remove(change.Latest.Id);
                return true;
            }

            places.Clear();
            next = 0;
            change = default;
            return false;
        }

        internal void Clear()
        {
            places.Clear();
            placeOf.Clear();
            next = 0;
        }

        private Change<TRow> Between(TRow? old, TRow? row) =>
            old != null && row != null && component.Same(old, row) ? default : new Change<TRow>(old, row);

        /// <summary>Closes the gaps once most places are empty, so that each change pays for a few of them.</summary>
        private void Compact()
        {
            if (places.Count < FewPlaces || places.Count < placeOf.Count * 2) return;
            var to = 0;
            for (var from = next; from < places.Count; from++)
            {
                var change = places[from];
                if (change.IsNone) continue;
                placeOf[change.Latest.Id] = to;
                places[to++] = change;
            }

            places.RemoveRange(to, places.Count - to);
            next = 0;
        }
    }
}
