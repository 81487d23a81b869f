#nullable enable

using System;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <content>From a link that has opened to one that is used.</content>
    internal sealed partial class Session
    {
        /// <summary>From the handshake to connected.</summary>
        private void Prepare(Link opened, bool resumed)
        {
            if (link != opened) return;
            if (resumed)
            {
                Connect(opened, true);
                return;
            }

            SetState(new ConnectionState(
                ConnectionStatus.Bootstrapping,
                state.Attempt,
                protocol: opened.Protocol));
            if (link != opened) return;
            Task running;
            try
            {
                running = parts.Bootstrap(connections);
            }
            catch (Exception error)
            {
                BootstrapFailed(opened, error);
                return;
            }

            if (running.IsCompleted)
            {
                Bootstrapped(opened, running);
                return;
            }

            // Right where it completes: what awaits goes to the thread pool where a context is set, and WebGL has none.
            running.ContinueWith(
                done => loop.Post(() => Bootstrapped(opened, done)),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        private void Bootstrapped(Link opened, Task done)
        {
            // Looked at in any case: bootstrap of a link that is gone fails, and that is no unobserved exception.
            var failure = done.Exception;
            if (link != opened) return;
            if (done.IsCanceled) BootstrapFailed(opened, new OperationCanceledException("bootstrap was cancelled"));
            else if (failure != null) BootstrapFailed(opened, failure.InnerException ?? failure);
            else Connect(opened, false);
        }

        private void Connect(Link opened, bool resumed)
        {
            connections++;
            connectedAt = loop.Now;
            // Connected before anybody is told: live queries that a handler starts are sent, too.
            var connected = new ConnectionState(
                ConnectionStatus.Connected,
                state.Attempt,
                protocol: opened.Protocol,
                resumed: resumed);
            state = connected;
            var restored = parts.Restore(resumed);
            restoring.UnionWith(restored);
            queue.Prepend(restored);
            if (link == opened) parts.StateChanged(connected);
            Flush();
        }

        private void BootstrapFailed(Link opened, Exception error)
        {
            var passes = error is CallFailedException || error is OutcomeUnknownException
                || error is ConnectionLostException || (error is CallRejectedException && SaysNothingOfTheCall(error));
            if (passes) opened.Close($"bootstrap failed: {error.Message}");
            else Close(error);
        }

        /// <summary>Rejections after which bootstrap may succeed next time.</summary>
        private static bool SaysNothingOfTheCall(Exception error)
        {
            switch (((CallRejectedException)error).Code)
            {
                case "RATE_LIMITED":
                case "TIMEOUT":
                case "RETRIES_EXHAUSTED":
                case "SHUTTING_DOWN":
                    return true;
                default:
                    return false;
            }
        }
    }
}
