#nullable enable

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
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

        private readonly Process process;
        private readonly string data;
        private readonly List<string> lines = new List<string>();
        private readonly TaskCompletionSource<int> serving =
            new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);

        private ServerProcess(Process process, string data)
        {
            this.process = process;
            this.data = data;
        }

        /// <summary><c>ws://127.0.0.1:…/hetu/world</c></summary>
        public string Url => $"ws://127.0.0.1:{Port}/hetu/world";

        /// <summary>Where it listens.</summary>
        public int Port => serving.Task.Result;

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
        public static async Task<ServerProcess> StartAsync(params string[] options)
        {
            var data = Path.Combine(Path.GetTempPath(), "hetu-csharp-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(data);
            var start = new ProcessStartInfo("node")
            {
                WorkingDirectory = data,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            var arguments = new List<string>
            {
                Path.Combine(Repository, "dist", "runtime", "cli.js"),
                "start",
                "--entry",
                Path.Combine(Repository, "test", "runtime", "cli", "world-entry.ts"),
                "--data",
                data,
                "--host",
                "127.0.0.1",
                "--metrics",
                "off",
                "--no-supervise",
                "--no-pretty",
            };
            if (Array.IndexOf(options, "--port") < 0) arguments.AddRange(new[] { "--port", "0" });
            foreach (var argument in arguments) start.ArgumentList.Add(argument);
            foreach (var option in options) start.ArgumentList.Add(option);

            var server = new ServerProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, data);
            server.Run();
            await server.serving.Task.ConfigureAwait(false);
            return server;
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

        private static string Repository => Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", "..", ".."));

        private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

        private void Run()
        {
            process.OutputDataReceived += (_, received) => Take(received.Data);
            process.ErrorDataReceived += (_, received) => Take(received.Data);
            process.Exited += (_, _) => serving.TrySetException(
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
