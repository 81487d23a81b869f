#nullable enable

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using HeTu.World;

namespace HeTu.LiveTests.Support
{
    /// <summary>A player with the TypeScript client, in a process of its own (<c>Node/player.ts</c>).</summary>
    internal sealed class TypeScriptPlayer : IPlayer
    {
        private readonly Process process;
        private readonly ConcurrentQueue<string> surprises = new ConcurrentQueue<string>();
        private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> calls =
            new ConcurrentDictionary<int, TaskCompletionSource<JsonElement>>();
        private int lastId;

        private TypeScriptPlayer(int user, Process process)
        {
            User = user;
            this.process = process;
        }

        public int User { get; }

        public Trace Told { get; } = new Trace();

        public IReadOnlyList<string> Surprises => surprises.ToArray();

        internal static async Task<TypeScriptPlayer> StartAsync(string url, int user, Wire wire)
        {
            var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true };
            start.ArgumentList.Add(await NodePrograms.PathOfAsync("player"));
            start.ArgumentList.Add(JsonSerializer.Serialize(new
            {
                url,
                user,
                protocols = wire.Protocol switch
                {
                    HetuProtocols.Hetu1 => new[] { "hetu.1" },
                    HetuProtocols.Hetu2 => new[] { "hetu.2" },
                    _ => new[] { "hetu.2", "hetu.1" },
                },
                zlib = wire.Layers.Contains("zlib"),
                crypto = wire.Layers.Contains("crypto"),
                secret = wire.Secret,
            }).Replace(",\"secret\":null", "", StringComparison.Ordinal));
            var player = new TypeScriptPlayer(user, new Process { StartInfo = start, EnableRaisingEvents = true });
            player.process.OutputDataReceived += (_, received) => player.Take(received.Data);
            player.process.Start();
            player.process.BeginOutputReadLine();
            return player;
        }

        public Task WatchAsync() => AskAsync("watch").Soon();

        public async Task<IReadOnlyList<string>> RowsAsync()
        {
            var rows = await AskAsync("rows").Soon();
            return new (string Name, string Mark)[] { ("positions", "P"), ("accounts", "A"), ("slots", "I") }
                .SelectMany(view => rows.GetProperty(view.Name)
                    .EnumerateArray()
                    .Select(row => view.Mark + row.GetString()))
                .ToArray();
        }

        public async Task<string> EchoAsync(string text) => (await AskAsync("echo", text)).GetString()!;

        public Task MoveToAsync(float x, float y) => AskAsync("move_to", x, y);

        public async Task<long> TransferAsync(int from, int to, long amount) =>
            (await AskAsync("transfer", from, to, amount)).GetInt64();

        public async Task<long> BuyAsync(int item, uint count) => (await AskAsync("buy", item, count)).GetInt64();

        public Task ShoutAsync(string text) => AskAsync("shout", text);

        public ValueTask DisposeAsync()
        {
            if (!process.HasExited) process.Kill();
            process.WaitForExit();
            process.Dispose();
            return default;
        }

        private Task<JsonElement> AskAsync(string what, params object[] args)
        {
            var id = Interlocked.Increment(ref lastId);
            var answer = Wait.Signal<JsonElement>();
            calls[id] = answer;
            var command = new Dictionary<string, object> { ["id"] = id, ["do"] = what, ["args"] = args };
            var line = JsonSerializer.Serialize(command);
            lock (process)
            {
                process.StandardInput.WriteLine(line);
                process.StandardInput.Flush();
            }

            return answer.Task;
        }

        private void Take(string? line)
        {
            if (line == null)
            {
                var gone = new InvalidOperationException("the player is gone");
                foreach (var call in calls.Values) call.TrySetException(gone);
                return;
            }

            var said = JsonDocument.Parse(line).RootElement;
            if (said.TryGetProperty("told", out var told))
            {
                Told.Add(told.GetString()!);
                return;
            }

            if (said.TryGetProperty("surprise", out var surprise))
            {
                surprises.Enqueue(surprise.GetString()!);
                return;
            }

            if (!calls.TryRemove(said.GetProperty("id").GetInt32(), out var answered)) return;
            if (said.TryGetProperty("error", out var error)) answered.TrySetException(ErrorOf(error));
            else answered.TrySetResult(said.GetProperty("result"));
        }

        /// <summary>As the C# client has it, where it has such a class.</summary>
        private static Exception ErrorOf(JsonElement error)
        {
            var code = error.GetProperty("code").GetString()!;
            switch (code)
            {
                case "NotEnough":
                    return new NotEnoughException(
                        "transfer",
                        error.GetProperty("need").GetInt64(),
                        error.GetProperty("have").GetInt64());
                case "OUTCOME_UNKNOWN":
                    return new OutcomeUnknownException("a call", "as another process says");
                default:
                    return new RejectedException(
                        error.GetProperty("type").GetString()!,
                        code,
                        error.GetProperty("text").GetString()!);
            }
        }
    }
}
