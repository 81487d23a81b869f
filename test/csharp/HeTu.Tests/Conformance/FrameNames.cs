#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace HeTu.Tests.Conformance
{
    /// <summary>The elements of each frame by name, as <c>frame-meaning.ts</c> beside the vectors has them.</summary>
    internal static class FrameNames
    {
        private static readonly Dictionary<string, string[]> Names = new Dictionary<string, string[]>
        {
            ["hetu.1 client"] = new[]
            {
                "rpc: call, name, ...args",
                "once: call of a @once system, id, name, ...args",
                "sub: subscribe, component, kind of query, index, ...bounds, limit, desc, force",
                "unsub: unsubscribe, subscription",
                "motd: greeting",
                "clock: clock",
            },
            ["hetu.1 server"] = new[]
            {
                "rsp: result, value",
                "rej: rejection, name, code, fields",
                "err: failure, name, reason",
                "sub: subscribed, subscription, rows",
                "updt: update, subscription, rows",
                "evt: event, name, value",
                "clock: clock, time",
            },
            ["hetu.2 client"] = new[]
            {
                "0: hello, fingerprint, resume",
                "1: call, callable, ...args",
                "2: call of a @once system, callable, id, ...args",
                "3: subscribe, component, index, left, right, limit, desc, held",
                "4: unsubscribe, subscription",
                "5: read, component, index, left, right, limit, desc, after, count",
                "6: clock",
                "7: ping",
            },
            ["hetu.2 server"] = new[]
            {
                "0: welcome, time, description, token, resumeWindow, resumed",
                "1: result, value",
                "2: rejection, code, fields",
                "3: failure, reason",
                "4: subscribed, subscription, position, rows",
                "5: caught up, subscription, position, delta",
                "6: refused, code, reason",
                "7: update, position, ...subscription, delta",
                "8: event, event, value",
                "9: page, rows, count, next",
                "10: clock, time",
                "11: pong",
            },
        };

        /// <summary>The elements of the frame that a vector tells about.</summary>
        internal static JsonArray FrameOf(string protocol, string from, JsonObject said)
        {
            string meaning = said["frame"]!.GetValue<string>();
            foreach (string line in Names[$"{protocol} {from}"])
            {
                int colon = line.IndexOf(": ", StringComparison.Ordinal);
                if (Elements(line.Substring(colon + 2), out List<string> names) != meaning) continue;
                string kind = line.Substring(0, colon);
                var frame = new JsonArray { protocol == "hetu.2" ? (JsonNode)int.Parse(kind) : kind };
                foreach (string name in names)
                {
                    bool takesRest = name.StartsWith("...", StringComparison.Ordinal);
                    JsonNode? value = said[takesRest ? name.Substring(3) : name];
                    if (takesRest) foreach (JsonNode? element in (JsonArray)value!) frame.Add(element?.DeepClone());
                    else if (said.ContainsKey(name)) frame.Add(value?.DeepClone());
                }

                return frame;
            }

            throw new FormatException($"no frame of {protocol} from the {from} means {meaning}");
        }

        /// <summary>The meaning; behind <c>...</c> everything is one name.</summary>
        private static string Elements(string line, out List<string> names)
        {
            int rest = line.IndexOf("...", StringComparison.Ordinal);
            string before = rest < 0 ? line : line.Substring(0, rest);
            names = before.Split(", ", StringSplitOptions.RemoveEmptyEntries).ToList();
            string meaning = names[0];
            names.RemoveAt(0);
            if (rest >= 0) names.Add(line.Substring(rest));
            return meaning;
        }
    }
}
