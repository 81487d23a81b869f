#nullable enable

using System;

namespace HeTu
{
    /// <summary>A timer whose action runs on the loop, unless it was disposed there before.</summary>
    internal sealed class LoopTimer : IDisposable
    {
        private readonly Loop loop;
        private Action? run;
        private IDisposable? timer;

        internal LoopTimer(Loop loop, Action run)
        {
            this.loop = loop;
            this.run = run;
        }

        /// <summary>Ends it. On the loop.</summary>
        public void Dispose()
        {
            run = null;
            timer?.Dispose();
            timer = null;
        }

        internal void Start(IDisposable started)
        {
            if (run == null) started.Dispose();
            else timer = started;
        }

        /// <summary>From any thread.</summary>
        internal void Fire() => loop.Run(Elapse);

        private void Elapse()
        {
            var action = run;
            Dispose();
            action?.Invoke();
        }
    }
}
