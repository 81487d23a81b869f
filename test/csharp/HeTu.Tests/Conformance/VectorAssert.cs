#nullable enable

using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace HeTu.Tests.Conformance
{
    /// <summary>Compares JSON: numbers by value, members in any order.</summary>
    internal static class VectorAssert
    {
        private static readonly JsonSerializerOptions Readable = new JsonSerializerOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        internal static void Same(JsonElement expected, JsonNode seen, string where = "")
        {
            JsonElement parsed = JsonSerializer.SerializeToElement(seen);
            if (AreSame(expected, parsed)) return;
            string wanted = JsonSerializer.Serialize(expected, Readable);
            string got = JsonSerializer.Serialize(parsed, Readable);
            Assert.Fail($"{where}\nexpected {wanted}\ngot      {got}");
        }

        private static bool AreSame(JsonElement a, JsonElement b)
        {
            if (a.ValueKind != b.ValueKind) return false;
            switch (a.ValueKind)
            {
                case JsonValueKind.Number:
                    return a.GetDouble().Equals(b.GetDouble());
                case JsonValueKind.String:
                    return a.GetString() == b.GetString();
                case JsonValueKind.Array:
                    return a.GetArrayLength() == b.GetArrayLength()
                        && a.EnumerateArray().Zip(b.EnumerateArray()).All(pair => AreSame(pair.First, pair.Second));
                case JsonValueKind.Object:
                    return a.EnumerateObject().Count() == b.EnumerateObject().Count()
                        && a.EnumerateObject().All(member =>
                            b.TryGetProperty(member.Name, out JsonElement value) && AreSame(member.Value, value));
                default:
                    return true;
            }
        }
    }
}
