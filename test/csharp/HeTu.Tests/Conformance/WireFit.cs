#nullable enable

using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace HeTu.Tests.Conformance
{
    /// <summary>
    /// Compares what a client has sent with what a script wants: numbers by value, and placeholders with what they stand
    /// for.
    /// </summary>
    internal sealed class WireFit
    {
        private readonly Dictionary<string, string> onceIds = new Dictionary<string, string>();

        internal bool Fits(JsonNode? sent, JsonNode? wanted)
        {
            if (Tag(wanted, "$once") is { } name) return FitsOnce(sent, name);
            if (wanted is JsonObject { Count: 1 } same && same.ContainsKey("$same")) return sent == null || Fits(sent, same["$same"]);
            if (Tag(wanted, "$open") is { } end)
            {
                return sent is JsonArray { Count: 0 } || Number(sent) == (end == "least" ? "-Infinity" : "Infinity");
            }

            if (Number(sent) is { } left && Number(wanted) is { } right) return left == right;
            if (sent is JsonArray some && wanted is JsonArray others)
            {
                return some.Count == others.Count && some.Zip(others).All(pair => Fits(pair.First, pair.Second));
            }

            if (sent is JsonObject one && wanted is JsonObject other)
            {
                return one.Count == other.Count
                    && one.All(entry => other.ContainsKey(entry.Key) && Fits(entry.Value, other[entry.Key]));
            }

            return JsonNode.DeepEquals(sent, wanted);
        }

        /// <summary>The first id of a name may be any of 24 bytes; later ones are the same.</summary>
        private bool FitsOnce(JsonNode? sent, string name)
        {
            if (!(Tag(sent, "$bin") is { Length: 48 } hex)) return false;
            if (!onceIds.ContainsKey(name) && !onceIds.ContainsValue(hex)) onceIds[name] = hex;
            return onceIds.TryGetValue(name, out string? known) && known == hex;
        }

        private static string? Tag(JsonNode? node, string tag) =>
            node is JsonObject { Count: 1 } map && map[tag] is JsonValue value ? value.ToString() : null;

        private static string? Number(JsonNode? node)
        {
            if (node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number) return value.ToString();
            return Tag(node, "$f32") ?? Tag(node, "$f64") ?? Tag(node, "$int");
        }
    }
}
