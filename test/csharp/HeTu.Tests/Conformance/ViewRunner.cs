#nullable enable

using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Conformance
{
    /// <summary>Runs the cases of the kind <c>view</c>: shows recorded messages to a client, and looks at what it shows.</summary>
    internal static class ViewRunner
    {
        internal static void Run(JsonElement view)
        {
            foreach (JsonProperty protocol in view.GetProperty("opening").EnumerateObject()) Run(view, protocol.Name);
        }

        private static void Run(JsonElement view, string protocol)
        {
            using var client = new VectorClient(new HetuOptions
            {
                Protocols = protocol == "hetu.2" ? HetuProtocols.Hetu2 : HetuProtocols.Hetu1,
            });
            client.Settle();
            client.Link.Open(protocol == "hetu.2" ? protocol : "");
            Say(client, new[] { "90" });
            Say(client, Messages(view.GetProperty("opening"), protocol));
            Assert.Equal(ConnectionStatus.Connected, client.Client.Connection.Status);
            client.Link.TakeSent();

            var told = new JsonArray();
            VectorQuery query = VectorQuery.Begin(client.Client, view.GetProperty("query"), (kind, rows) => Tell(told, kind, rows));
            client.Settle();
            Assert.Single(client.Link.TakeSent());
            Say(client, Messages(view.GetProperty("answer"), protocol));
            Same(view.GetProperty("rows"), query.Rows);
            IEnumerable<JsonNode?> inserts = query.Rows.Select(row => new JsonObject { ["kind"] = "insert", ["row"] = row });
            Same(JsonSerializer.SerializeToElement(inserts), told);

            foreach (JsonElement step in view.GetProperty("steps").EnumerateArray())
            {
                told.Clear();
                Task called = client.Client.Systems.AnyAsync();
                client.Settle();
                Say(client, Messages(step.GetProperty("messages"), protocol));
                Assert.True(called.IsCompletedSuccessfully, $"{protocol}, {step.GetProperty("name")}: {called.Exception}");
                Same(step.GetProperty("changes"), told);
                Same(step.GetProperty("rows"), query.Rows.Select(row => row!["id"]!.DeepClone()));
            }

            Assert.False(client.Link.IsEnded);
        }

        private static void Tell(JsonArray told, string kind, object?[] rows)
        {
            var change = new JsonObject { ["kind"] = kind };
            if (kind != "insert") change["old"] = ApplicationValues.Notation(rows[0]);
            if (kind != "delete") change["row"] = ApplicationValues.Notation(rows[^1]);
            told.Add(change);
        }

        private static void Say(VectorClient client, IEnumerable<string> messages)
        {
            foreach (string hex in messages) client.Link.Message(hex);
            client.Settle();
        }

        private static string[] Messages(JsonElement byProtocol, string protocol) =>
            Vectors.Strings(byProtocol.GetProperty(protocol));

        private static void Same(JsonElement expected, IEnumerable<JsonNode?> seen) =>
            VectorAssert.Same(expected, new JsonArray(seen.Select(node => node?.DeepClone()).ToArray()));
    }
}
