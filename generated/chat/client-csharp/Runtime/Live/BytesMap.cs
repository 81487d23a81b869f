#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// Values by bytes: what the server calls a subscription is looked up as it stands in the received frame, without
    /// an object for each frame.
    /// </summary>
    internal sealed class BytesMap<TValue>
        where TValue : class
    {
        private readonly Dictionary<uint, Entry> entries = new Dictionary<uint, Entry>();

        internal TValue? Find(ReadOnlySpan<byte> key)
        {
            entries.TryGetValue(Hash(key), out var entry);
            while (entry != null && !key.SequenceEqual(entry.Key)) entry = entry.Next;
            return entry?.Value;
        }

        /// <summary>Adds a value under a key that is not there yet.</summary>
        internal void Add(byte[] key, TValue value)
        {
            var hash = Hash(key);
            entries.TryGetValue(hash, out var next);
            entries[hash] = new Entry(key, value, next);
        }

        internal void Remove(ReadOnlySpan<byte> key)
        {
            var hash = Hash(key);
            if (!entries.TryGetValue(hash, out var first)) return;
            // Entries are rebuilt: there hardly ever is more than one with the same hash.
            Entry? left = null;
            for (var entry = first; entry != null; entry = entry.Next)
            {
                if (!key.SequenceEqual(entry.Key)) left = new Entry(entry.Key, entry.Value, left);
            }

            if (left == null) entries.Remove(hash);
            else entries[hash] = left;
        }

        internal void Clear() => entries.Clear();

        /// <summary>FNV-1a, 32 bits (Fowler, Noll and Vo; draft-eastlake-fnv).</summary>
        private static uint Hash(ReadOnlySpan<byte> key)
        {
            var hash = 2166136261;
            foreach (var each in key) hash = unchecked((hash ^ each) * 16777619);
            return hash;
        }

        private sealed class Entry
        {
            internal Entry(byte[] key, TValue value, Entry? next)
            {
                Key = key;
                Value = value;
                Next = next;
            }

            internal byte[] Key { get; }

            internal TValue Value { get; }

            internal Entry? Next { get; }
        }
    }
}
