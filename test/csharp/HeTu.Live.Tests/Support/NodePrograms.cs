#nullable enable

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HeTu.Tests.LiveServer;

namespace HeTu.LiveTests.Support
{
    /// <summary>The programs of the folder <c>Node</c>, built once for each run of the tests.</summary>
    internal static class NodePrograms
    {
        private const string Prefix = "csharp-live-";

        private static readonly Lazy<Task<string>> Built = new Lazy<Task<string>>(BuildAsync);

        /// <summary>The path of one of them.</summary>
        /// <param name="name">Without its ending.</param>
        internal static async Task<string> PathOfAsync(string name) => Path.Combine(await Built.Value, name + ".mjs");

        /// <summary>A file that needs no building.</summary>
        internal static string PathOfFile(string name) => Path.Combine(Folder, name);

        private static string Folder =>
            Path.Combine(ServerProcess.Repository, "test", "csharp", "HeTu.Live.Tests", "Node");

        private static async Task<string> BuildAsync()
        {
            // Below the project, where packages are found. A test host has no time to clean up when it ends.
            var outputs = Path.Combine(ServerProcess.Repository, ".hetu");
            Directory.CreateDirectory(outputs);
            var running = Process.GetProcesses().Select(process => process.Id.ToString()).ToHashSet();
            foreach (var old in Directory.GetDirectories(outputs, Prefix + "*"))
            {
                if (!running.Contains(Path.GetFileName(old).Substring(Prefix.Length))) Directory.Delete(old, true);
            }

            var output = Path.Combine(outputs, Prefix + Environment.ProcessId);
            var start = new ProcessStartInfo("node") { RedirectStandardError = true, RedirectStandardOutput = true };
            start.ArgumentList.Add(PathOfFile("build.mjs"));
            start.ArgumentList.Add(output);
            using var process = Process.Start(start)!;
            var words = process.StandardOutput.ReadToEndAsync();
            var errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode == 0) return output;
            throw new InvalidOperationException($"the Node programs cannot be built:\n{errors}{await words}");
        }
    }
}
