#nullable enable

using System;

namespace HeTu
{
    /// <summary>Time and timers; replaced in tests.</summary>
    public interface IClock
    {
        /// <summary>Time that never runs backwards; only differences mean something.</summary>
        TimeSpan Now { get; }

        /// <summary>Sets a timer.</summary>
        /// <param name="delay">From now; at least zero.</param>
        /// <param name="run">Called once, on any thread.</param>
        /// <returns>Disposed to cancel it; it may run nevertheless when it was about to.</returns>
        IDisposable SetTimer(TimeSpan delay, Action run);
    }
}
