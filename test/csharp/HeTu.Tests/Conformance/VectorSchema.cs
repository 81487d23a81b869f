#nullable enable

using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace HeTu.Tests.Conformance
{
    /// <summary>The fixture schema, as <c>schema.json</c> has it.</summary>
    internal static class VectorSchema
    {
        private static readonly JsonElement Schema = Vectors.Cases("schema.json")[0];

        private static readonly Dictionary<string, Dictionary<string, string>> Columns = Description(0)
            .ToDictionary(component => component[0].GetString()!, ColumnsOf);

        internal static string Fingerprint => Schema.GetProperty("fingerprint").GetString()!;

        /// <summary>Type of a column; null when there is no such component or column.</summary>
        internal static string? TypeOf(string component, string column) =>
            Columns.TryGetValue(component, out Dictionary<string, string>? columns)
            && columns.TryGetValue(column, out string? type)
                ? type
                : null;

        internal static Dictionary<string, int> Enum(string name) =>
            Schema.GetProperty("enums").GetProperty(name).EnumerateObject().ToDictionary(
                value => value.Name,
                value => value.Value.GetInt32());

        private static IEnumerable<JsonElement> Description(int part) =>
            Schema.GetProperty("description")[part].EnumerateArray();

        private static Dictionary<string, string> ColumnsOf(JsonElement component) =>
            component[1].EnumerateArray().ToDictionary(column => column[0].GetString()!, column => column[1].GetString()!);
    }
}
