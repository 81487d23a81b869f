#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using HeTu.World;

namespace HeTu.Tests.Conformance
{
    /// <summary>
    /// Runs a case of the kind <c>session</c>: does to a client what the script says, and looks at all that can be seen of it
    /// after each step.
    /// </summary>
    internal sealed class SessionRunner : IDisposable
    {
        private readonly JsonElement vector;
        private readonly string protocol;
        private readonly WireFit fit = new WireFit();
        private readonly Dictionary<string, VectorQuery> queries = new Dictionary<string, VectorQuery>();
        private readonly JsonArray states = new JsonArray();
        private readonly JsonArray told = new JsonArray();
        private readonly JsonObject outcomes = new JsonObject();
        private VectorClient? started;
        private int dials;
        private int ends;

        private SessionRunner(JsonElement vector)
        {
            this.vector = vector;
            protocol = vector.GetProperty("protocol").GetString()!;
        }

        private VectorClient Client => started ?? throw new FormatException("a script begins with connect");

        public void Dispose() => started?.Dispose();

        internal static void Run(JsonElement vector)
        {
            // Continuations of what a script does run at once, within its steps.
            SynchronizationContext? context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                using var runner = new SessionRunner(vector);
                int number = 0;
                foreach (JsonElement step in vector.GetProperty("steps").EnumerateArray())
                {
                    runner.Take(step);
                    runner.Client.Settle();
                    JsonElement then = step.GetProperty("then");
                    string action = step.ToString().Split(",\"then\"")[0];
                    VectorAssert.Same(then, runner.Seen(then), $"step {number++}: {action}");
                }
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(context);
            }
        }

        private void Take(JsonElement step)
        {
            string action = step.GetProperty("do").GetString()!;
            switch (action)
            {
                case "connect":
                    Connect();
                    break;
                case "open":
                    Client.Link.Open(step.GetProperty("protocol").GetString()!);
                    Client.Link.Message(step.GetProperty("answer").GetString()!);
                    break;
                case "say":
                    foreach (JsonElement message in step.GetProperty("messages").EnumerateArray())
                    {
                        Client.Link.Message(message.GetProperty("hex").GetString()!);
                    }

                    break;
                case "text":
                    Client.Link.Text();
                    break;
                case "lose":
                    Client.Link.Lose(step.GetProperty("code").GetInt32());
                    break;
                case "wait":
                    Client.Clock.Advance(step.GetProperty("ms").GetDouble());
                    break;
                case "call":
                    Task<object?> call = VectorClient.Call(
                        Client.Client.Systems,
                        step.GetProperty("name").GetString()!,
                        step.GetProperty("args").EnumerateArray().ToArray());
                    VectorClient.Note(call, NameOf(step), outcomes);
                    break;
                case "range":
                    queries[NameOf(step)] = VectorQuery.Begin(Client.Client, step, TellOf(step));
                    break;
                case "get":
                    queries[NameOf(step)] = VectorQuery.BeginRow(Client.Client, step, TellOf(step));
                    break;
                case "dispose":
                    queries[step.GetProperty("query").GetString()!].Dispose();
                    break;
                case "listen" when step.GetProperty("event").GetString() == "Shout":
                    Client.Client.Events.On<Shout>(shout => Tell("event", "Shout", new object?[] { shout }));
                    break;
                case "close":
                    Client.Client.Close();
                    break;
                default:
                    throw new NotSupportedException($"the step {step} is not known to this runner");
            }
        }

        private static string NameOf(JsonElement step) => step.GetProperty("as").GetString()!;

        private Action<string, object?[]> TellOf(JsonElement step) =>
            (kind, details) => Tell(NameOf(step), kind, details);

        private void Connect()
        {
            JsonElement given = vector.GetProperty("options");
            var options = new HetuOptions { Protocols = Protocols(given) };
            if (given.TryGetProperty("callTimeoutMs", out JsonElement timeout))
            {
                options.CallTimeout = TimeSpan.FromMilliseconds(timeout.GetDouble());
            }

            if (given.TryGetProperty("maxQueued", out JsonElement queued)) options.MaxQueued = queued.GetInt32();
            if (given.TryGetProperty("maxInFlight", out JsonElement flying)) options.MaxInFlight = flying.GetInt32();
            if (given.TryGetProperty("maxAttempts", out JsonElement attempts))
            {
                options.Reconnect.MaxAttempts = attempts.GetInt32();
            }

            JsonElement[] calls = given.TryGetProperty("bootstrap", out JsonElement bootstrap)
                ? bootstrap.EnumerateArray().ToArray()
                : Array.Empty<JsonElement>();
            started = new VectorClient(options, async context =>
            {
                foreach (JsonElement call in calls)
                {
                    await VectorClient.Call(
                        context.Systems,
                        call.GetProperty("call").GetString()!,
                        call.GetProperty("args").EnumerateArray().ToArray());
                }
            });
            Client.Client.OnConnection += state => states.Add(StateOf(state));
            Client.Client.OnStale += () => Tell("client", "stale", Array.Empty<object?>());
            Client.Client.OnResynced += () => Tell("client", "resynced", Array.Empty<object?>());
            Client.Client.OnError += error => Tell("client", "error", new object?[] { VectorErrors.CodeOf(error) });
        }

        private HetuProtocols Protocols(JsonElement options)
        {
            if (options.TryGetProperty("protocols", out JsonElement both) && both.GetArrayLength() == 2)
            {
                return HetuProtocols.Automatic;
            }

            return protocol == "hetu.2" ? HetuProtocols.Hetu2 : HetuProtocols.Hetu1;
        }

        private static JsonObject StateOf(ConnectionState state)
        {
            var told = new JsonObject
            {
                ["status"] = state.Status.ToString().ToLowerInvariant(),
                ["attempt"] = state.Attempt,
            };
            if (state.Status == ConnectionStatus.Waiting) told["retryInMs"] = state.RetryIn.TotalMilliseconds;
            if (state.Error != null) told["error"] = VectorErrors.CodeOf(state.Error);
            return told;
        }

        private void Tell(string who, string what, object?[] details)
        {
            var entry = new JsonArray { who, what };
            foreach (object? detail in details) entry.Add(ApplicationValues.Notation(detail));
            told.Add(entry);
        }

        /// <summary>What was to be seen since the last time.</summary>
        private JsonObject Seen(JsonElement expected)
        {
            List<VectorLink> links = Client.Transport.Links;
            var seen = new JsonObject();
            JsonNode[] offers = links.Skip(dials).Select(link => (JsonNode)Offer(link)).ToArray();
            if (offers.Length > 0) seen["dials"] = new JsonArray(offers);
            dials = links.Count;
            JsonArray sent = Sent(links.SelectMany(link => link.TakeSent()), expected);
            if (sent.Count > 0) seen["sent"] = sent;
            int ended = links.Count(link => link.IsEnded);
            if (ended > ends) seen["ended"] = true;
            ends = ended;
            if (states.Count > 0) seen["states"] = states.DeepClone();
            if (told.Count > 0) seen["told"] = told.DeepClone();
            if (outcomes.Count > 0) seen["outcomes"] = outcomes.DeepClone();
            states.Clear();
            told.Clear();
            outcomes.Clear();
            return seen;
        }

        private static JsonArray Offer(VectorLink link) =>
            string.IsNullOrEmpty(link.Offered) ? new JsonArray() : new JsonArray { link.Offered };

        /// <summary>Frames that mean what is expected are given as they are expected.</summary>
        private JsonArray Sent(IEnumerable<JsonNode> frames, JsonElement expected)
        {
            JsonElement[] wanted = expected.TryGetProperty("sent", out JsonElement some)
                ? some.EnumerateArray().ToArray()
                : Array.Empty<JsonElement>();
            var sent = new JsonArray();
            int at = 0;
            foreach (JsonNode frame in frames)
            {
                JsonObject? said = at < wanted.Length ? JsonObject.Create(wanted[at++]) : null;
                sent.Add(said != null && fit.Fits(frame, FrameWanted(said)) ? said : frame);
            }

            return sent;
        }

        private JsonNode FrameWanted(JsonObject said) =>
            said.ContainsKey("handshake") ? said : FrameNames.FrameOf(protocol, "client", said);
    }
}
