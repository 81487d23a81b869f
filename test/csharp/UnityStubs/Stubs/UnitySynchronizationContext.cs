#nullable enable

using System.Collections.Concurrent;
using System.Threading;

namespace UnityEngine
{
    /// <summary>That of the main thread: what is posted runs once a frame, after the scripts.</summary>
    internal sealed class UnitySynchronizationContext : SynchronizationContext
    {
        internal static readonly UnitySynchronizationContext Instance = new UnitySynchronizationContext();

        private readonly ConcurrentQueue<(SendOrPostCallback Run, object? State)> posted =
            new ConcurrentQueue<(SendOrPostCallback, object?)>();

        private UnitySynchronizationContext()
        {
        }

        public override void Post(SendOrPostCallback callback, object? state) => posted.Enqueue((callback, state));

        /// <summary>Runs what was posted before; what is posted meanwhile waits for the next frame.</summary>
        internal static void ExecuteTasks()
        {
            var left = Instance.posted.Count;
            for (; left > 0 && Instance.posted.TryDequeue(out var next); left--) next.Run(next.State);
        }
    }
}
