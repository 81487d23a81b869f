#nullable enable

using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu.LiveTests.Support
{
    /// <summary>A thread with a synchronization context of its own, as that of a window has.</summary>
    internal sealed class OneThread : SynchronizationContext, IDisposable
    {
        private readonly BlockingCollection<(SendOrPostCallback, object?)> posted =
            new BlockingCollection<(SendOrPostCallback, object?)>();
        private readonly Thread thread;

        internal OneThread()
        {
            thread = new Thread(Work) { IsBackground = true };
            thread.Start();
        }

        internal int Id => thread.ManagedThreadId;

        public override void Post(SendOrPostCallback d, object? state) => posted.Add((d, state));

        /// <summary>Runs something asynchronous on the thread.</summary>
        internal Task RunAsync(Func<Task> run)
        {
            var done = Support.Wait.Signal<bool>();
            Post(
                async _ =>
                {
                    try
                    {
                        await run();
                        done.SetResult(true);
                    }
                    catch (Exception error)
                    {
                        done.SetException(error);
                    }
                },
                null);
            return done.Task;
        }

        public void Dispose() => posted.CompleteAdding();

        private void Work()
        {
            SetSynchronizationContext(this);
            foreach (var (run, state) in posted.GetConsumingEnumerable()) run(state);
        }
    }
}
