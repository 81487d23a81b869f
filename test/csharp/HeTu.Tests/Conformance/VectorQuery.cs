#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using HeTu.World;

namespace HeTu.Tests.Conformance
{
    /// <summary>A live query of a vector: what it shows, and its end.</summary>
    internal sealed class VectorQuery
    {
        private readonly Func<IEnumerable<IRow>> rows;
        private readonly Action dispose;

        private VectorQuery(Func<IEnumerable<IRow>> rows, Action dispose)
        {
            this.rows = rows;
            this.dispose = dispose;
        }

        /// <summary>The rows that are shown.</summary>
        internal List<JsonNode?> Rows => rows().Select(ApplicationValues.Notation).ToList();

        internal void Dispose() => dispose();

        /// <summary>Begins a live query, as an application would write it.</summary>
        /// <param name="client">Of the fixture.</param>
        /// <param name="query">Component, index, bounds, limit, desc.</param>
        /// <param name="tell">Is told <c>insert</c>, <c>update</c> and so on with what belongs to it.</param>
        internal static VectorQuery Begin(WorldClient client, JsonElement query, Action<string, object?[]> tell)
        {
            JsonElement left = query.GetProperty("left");
            JsonElement right = query.GetProperty("right");
            switch ($"{query.GetProperty("component").GetString()}.{query.GetProperty("index").GetString()}")
            {
                case "Account.number":
                    return Begin(client.Query<Account>().Range(Account.Index.Number, Int32(left), Int32(right)), query, tell);
                case "Inventory.owner,item":
                    return Begin(
                        client.Query<Inventory>().Range(Inventory.Index.OwnerItem, Prefix(left), Prefix(right)),
                        query,
                        tell);
                case "Notice.guild":
                    return Begin(client.Query<Notice>().Range(Notice.Index.Guild, Int64(left), Int64(right)), query, tell);
                case "Position.owner":
                    return Begin(client.Query<Position>().Range(Position.Index.Owner, Int64(left), Int64(right)), query, tell);
                case "Position.x":
                    return Begin(client.Query<Position>().Range(Position.Index.X, Single(left), Single(right)), query, tell);
                case "Profile.owner":
                    return Begin(client.Query<Profile>().Range(Profile.Index.Owner, Int64(left), Int64(right)), query, tell);
                case "Thing.owner":
                    return Begin(client.Query<Thing>().Range(Thing.Index.Owner, Int64(left), Int64(right)), query, tell);
                default:
                    throw new NotSupportedException($"{query} is not among the queries of this runner");
            }
        }

        /// <summary>Begins a live row.</summary>
        /// <param name="client">Of the fixture.</param>
        /// <param name="query">Component, index, value.</param>
        /// <param name="tell">As above.</param>
        internal static VectorQuery BeginRow(WorldClient client, JsonElement query, Action<string, object?[]> tell)
        {
            JsonElement value = query.GetProperty("value");
            switch ($"{query.GetProperty("component").GetString()}.{query.GetProperty("index").GetString()}")
            {
                case "Account.number":
                    LiveRow<Account> live = client.Query<Account>().Where(Account.Index.Number, value.GetInt32()).Single();
                    Watch(live, tell);
                    return new VectorQuery(
                        () => live.Row == null ? Array.Empty<IRow>() : new IRow[] { live.Row },
                        live.Dispose);
                default:
                    throw new NotSupportedException($"{query} is not among the live rows of this runner");
            }
        }

        private static VectorQuery Begin<TRow>(RangeQuery<TRow> range, JsonElement query, Action<string, object?[]> tell)
            where TRow : class, IRow
        {
            if (query.TryGetProperty("limit", out JsonElement limit)) range = range.Limit(limit.GetInt32());
            if (query.TryGetProperty("desc", out JsonElement desc) && desc.GetBoolean()) range = range.Descending();
            LiveRange<TRow> live = range.Subscribe();
            Watch(live, tell);
            return new VectorQuery(() => live.Rows, live.Dispose);
        }

        private static void Watch<TRow>(LiveQuery<TRow> live, Action<string, object?[]> tell)
            where TRow : class, IRow
        {
            live.OnInsert += row => tell("insert", new object?[] { row });
            live.OnUpdate += (old, row) => tell("update", new object?[] { old, row });
            live.OnDelete += old => tell("delete", new object?[] { old });
            live.OnStale += () => tell("stale", Array.Empty<object?>());
            live.OnResynced += () => tell("resynced", Array.Empty<object?>());
            live.OnError += error => tell("error", new object?[] { VectorErrors.CodeOf(error) });
        }

        private static Bound<int> Int32(JsonElement bound) =>
            bound.ValueKind == JsonValueKind.Null ? Bound<int>.Open : (int)ApplicationValues.Of(bound, typeof(int))!;

        private static Bound<long> Int64(JsonElement bound) =>
            bound.ValueKind == JsonValueKind.Null ? Bound<long>.Open : (long)ApplicationValues.Of(bound, typeof(long))!;

        private static Bound<float> Single(JsonElement bound) =>
            bound.ValueKind == JsonValueKind.Null ? Bound<float>.Open : (float)ApplicationValues.Of(bound, typeof(float))!;

        /// <summary>The first column of a composite bound.</summary>
        private static Bound<long, int> Prefix(JsonElement bound) =>
            (long)ApplicationValues.Of(bound.EnumerateArray().Single(), typeof(long))!;
    }
}
