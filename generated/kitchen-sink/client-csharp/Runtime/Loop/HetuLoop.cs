#nullable enable

namespace HeTu
{
    /// <summary>Where a client changes its state and calls handlers: one thing at a time.</summary>
    public enum HetuLoop
    {
        /// <summary>
        /// In Unity <see cref="Pump"/>, driven by the player loop; else the synchronization context of the thread that
        /// makes the client, when it has one; else <see cref="ThreadPool"/>.
        /// </summary>
        Automatic,

        /// <summary>When <see cref="HetuClient.Tick"/> is called, also timers.</summary>
        Pump,

        /// <summary>On the thread pool.</summary>
        ThreadPool,

        /// <summary>In the synchronization context of the thread that makes the client.</summary>
        SynchronizationContext,
    }
}
