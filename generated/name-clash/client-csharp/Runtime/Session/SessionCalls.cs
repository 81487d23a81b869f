#nullable enable

using System;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <content>Calls: from any thread to the queue or the link, and the limits of their time.</content>
    internal sealed partial class Session
    {
        /// <summary>Makes a call. From any thread.</summary>
        /// <param name="callable">What is called.</param>
        /// <param name="read">Reads the result.</param>
        /// <param name="arguments">Checked and written; goes back to the pool.</param>
        /// <param name="count">How many arguments they are.</param>
        /// <param name="scope">How it is made.</param>
        /// <param name="cancellationToken">Gives it up.</param>
        internal Task<TResult> CallAsync<TResult>(
            Callable callable,
            ValueReader<TResult> read,
            MessagePackWriter arguments,
            int count,
            CallScope scope,
            CancellationToken cancellationToken)
        {
            var bytes = arguments.ToArray();
            WriterPool.Return(arguments);
            if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<TResult>(cancellationToken);
            var call = new Call<TResult>(callable, read, bytes, count, callContext)
            {
                // The next bootstrap makes its own calls anew.
                SendAgain = callable.Once && !scope.Urgent,
            };
            loop.Run(() => Submit(call, scope, cancellationToken));
            return call.Task;
        }

        private void Submit(Call call, CallScope scope, CancellationToken cancellationToken)
        {
            if (state.Status == ConnectionStatus.Closed)
            {
                call.Fail(new ConnectionClosedException(call.Name, state.Error));
            }
            else if (scope.Urgent)
            {
                SendUrgently(call);
                Limit(call, scope, cancellationToken);
            }
            else if (CanSend)
            {
                Limit(call, scope, cancellationToken);
                if (!call.Settled) link?.Send(call);
            }
            else if (queue.Count >= settings.MaxQueued)
            {
                call.Fail(new QueueFullException(call.Name, settings.MaxQueued));
            }
            else
            {
                Limit(call, scope, cancellationToken);
                if (!call.Settled) queue.Push(call);
            }
        }

        private void SendUrgently(Call call)
        {
            var status = state.Status;
            if (link != null && (status == ConnectionStatus.Bootstrapping || status == ConnectionStatus.Connected))
            {
                link.Send(call);
                return;
            }

            call.Fail(new ConnectionLostException(
                $"{call.Name} was not sent: the connection that bootstrap ran on is gone"));
        }

        private void Limit(Call call, CallScope scope, CancellationToken cancellationToken)
        {
            if (call.Settled) return;
            var timeout = scope.Timeout ?? settings.CallTimeout;
            var timer = timeout == Timeout.InfiniteTimeSpan ? null : loop.SetTimer(timeout, () => TimeOut(call, timeout));
            var registration = cancellationToken.CanBeCanceled
                ? cancellationToken.Register(() => loop.Run(() => Cancel(call, cancellationToken)))
                : default;
            call.LimitBy(timer, registration);
        }

        private void TimeOut(Call call, TimeSpan timeout)
        {
            queue.Remove(call);
            var milliseconds = timeout.TotalMilliseconds;
            if (call.WasSent)
            {
                call.OutcomeUnknown(FormattableString.Invariant($"no answer came within {milliseconds} ms"), null);
            }
            else
            {
                call.Fail(new CallTimeoutException(call.Name, milliseconds, state.Status, state.Error));
            }
        }

        private void Cancel(Call call, CancellationToken token)
        {
            queue.Remove(call);
            if (call.WasSent) call.OutcomeUnknown("it was cancelled", new OperationCanceledException(token));
            else call.Cancel(token);
        }
    }
}
