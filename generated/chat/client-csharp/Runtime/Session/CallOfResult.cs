#nullable enable

using System;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>A call with the type of its result.</summary>
    internal sealed class Call<TResult> : Call
    {
        private readonly Loop loop;
        private readonly ValueReader<TResult> read;
        private readonly TaskCompletionSource<TResult> completion;

        internal Call(
            Callable callable,
            ValueReader<TResult> read,
            byte[] arguments,
            int count,
            CallContext context)
            : base(callable, arguments, count, context)
        {
            this.read = read;
            loop = context.Loop;
            completion = new TaskCompletionSource<TResult>(loop.Continuations);
        }

        internal Task<TResult> Task => completion.Task;

        private protected override void Complete(ref MessagePackReader result)
        {
            var value = read(ref result);
            End();
            loop.Settle(() => completion.TrySetResult(value));
        }

        private protected override void Reject(Exception error) => loop.Settle(() => completion.TrySetException(error));

        private protected override void RejectCancelled(CancellationToken token) =>
            loop.Settle(() => completion.TrySetCanceled(token));
    }
}
