#nullable enable

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace HeTu.Tests.LiveServer
{
    /// <summary>
    /// The real server with the schema of <c>test/fixtures/world</c>, as a process of its own on a free port with data of
    /// its own. It needs <c>npm run build</c>.
    /// </summary>
    public sealed class ServerProcess : IAsyncDisposable
    {
        private static readonly Regex Serving = new Regex(@"serving wss?://127\.0\.0\.1:(\d+)/hetu/world");

        private readonly ServerSettings settings;
        private readonly string data;
        private readonly List<string> lines = new List<string>();
        private Process process = new Process();
        private TaskCompletionSource<int> serving = NewServing();

        private ServerProcess(ServerSettings settings, string data)
        {
            this.settings = settings;
            this.data = data;
        }

        /// <summary><c>ws://127.0.0.1:…/hetu/world</c>, or <c>wss://</c> with a certificate.</summary>
        public string Url => $"{(settings.Arguments.Contains("--cert") ? "wss" : "ws")}://127.0.0.1:{Port}/hetu/world";

        /// <summary>Where it listens.</summary>
        public int Port => serving.Task.Result;

        /// <summary>The folder of the project that all is part of.</summary>
        public static string Repository => Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", "..", ".."));

        /// <summary>What it has logged so far.</summary>
        public IReadOnlyList<string> Log
        {
            get
            {
                lock (lines) return lines.ToArray();
            }
        }

        /// <summary>Starts a server and waits until it serves.</summary>
        /// <param name="options">Of <c>hetu start</c>, such as <c>--hetu1 jsonb,zlib</c> or <c>--port 1234</c>.</param>
        /// <exception cref="InvalidOperationException">When it ends instead; with what it has logged.</exception>
        public static Task<ServerProcess> StartAsync(params string[] options) =>
            StartAsync(new ServerSettings { Arguments = options });

        /// <summary>Starts a server and waits until it serves.</summary>
        /// <param name="settings">What differs from the world's plain server.</param>
        /// <exception cref="InvalidOperationException">When it ends instead; with what it has logged.</exception>
        public static async Task<ServerProcess> StartAsync(ServerSettings settings)
        {
            var data = Path.Combine(Path.GetTempPath(), "hetu-csharp-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(data);
            var server = new ServerProcess(settings, data);
            server.Run("0");
            await server.serving.Task.ConfigureAwait(false);
            return server;
        }

        /// <summary>Starts it again after <see cref="Kill"/>, on the same port with the same data.</summary>
        /// <exception cref="InvalidOperationException">When it ends instead; with what it has logged.</exception>
        public async Task StartAgainAsync()
        {
            var port = Port.ToString();
            process.Dispose();
            serving = NewServing();
            Run(port);
            await serving.Task.ConfigureAwait(false);
        }

        /// <summary>Ends the process at once, without a word to its clients.</summary>
        public void Kill()
        {
            if (!process.HasExited) process.Kill();
            process.WaitForExit();
        }

        /// <summary>Ends the process and removes its data.</summary>
        public ValueTask DisposeAsync()
        {
            Kill();
            process.Dispose();
            Directory.Delete(data, true);
            return default;
        }

        private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

        private static TaskCompletionSource<int> NewServing() =>
            new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);

        private void Run(string port)
        {
            var start = new ProcessStartInfo("node")
            {
                WorkingDirectory = data,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.ArgumentList.Add(Path.Combine(Repository, "dist", "runtime", "cli.js"));
            foreach (var argument in new[]
            {
                "start",
                "--entry",
                Path.Combine(Repository, settings.Entry),
                "--data",
                data,
                "--host",
                "127.0.0.1",
                "--metrics",
                "off",
                "--no-supervise",
                "--no-pretty",
            })
            {
                start.ArgumentList.Add(argument);
            }

            foreach (var option in settings.Arguments) start.ArgumentList.Add(option);
            if (!settings.Arguments.Contains("--port"))
            {
                start.ArgumentList.Add("--port");
                start.ArgumentList.Add(port);
            }

            foreach (var (name, value) in settings.Environment) start.Environment[name] = value;

            var starting = serving;
            process = new Process { StartInfo = start, EnableRaisingEvents = true };
            process.OutputDataReceived += (_, received) => Take(received.Data);
            process.ErrorDataReceived += (_, received) => Take(received.Data);
            process.Exited += (_, _) => starting.TrySetException(
                new InvalidOperationException("the server has ended:\n" + string.Join("\n", Log)));
            process.Start();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        private void Take(string? line)
        {
            if (line == null) return;
            lock (lines) lines.Add(line);
            var match = Serving.Match(line);
            if (match.Success) serving.TrySetResult(int.Parse(match.Groups[1].Value));
        }
    }
}
