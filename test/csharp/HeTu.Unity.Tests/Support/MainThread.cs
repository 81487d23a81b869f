#nullable enable

using System;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu.UnityTests.Support
{
    /// <summary>Unity's main thread as a thread of its own: frame after frame.</summary>
    internal static class MainThread
    {
        /// <summary>Runs something asynchronous as a script would, until it has ended.</summary>
        internal static async Task RunAsync(Func<Task> script)
        {
            var running = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
            new Thread(() => running.SetResult(Work(script))) { IsBackground = true }.Start();
            await await running.Task;
        }

        private static Task Work(Func<Task> script)
        {
            var running = UnityPlayer.OnMainThread(script);
            while (!running.IsCompleted)
            {
                UnityPlayer.Frame();
                // Other threads have their turn between two frames.
                Thread.Yield();
            }

            return running;
        }
    }
}
