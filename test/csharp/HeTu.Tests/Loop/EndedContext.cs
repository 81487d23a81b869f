#nullable enable

using System;
using System.Threading;

namespace HeTu.Tests.Loop
{
    /// <summary>The context of a window that is gone.</summary>
    internal sealed class EndedContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback callback, object? state) =>
            throw new InvalidOperationException("the window is gone");
    }
}
