#nullable enable

using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>A call of a system with a result while its arguments are written. Used once, by generated code.</summary>
    public readonly struct CallBuilder<TResult>
    {
        private readonly CallScope scope;
        private readonly Callable<TResult> callable;
        private readonly int count;

        internal CallBuilder(CallScope scope, Callable<TResult> callable, int count)
        {
            this.scope = scope;
            this.callable = callable;
            this.count = count;
            Writer = WriterPool.Rent();
        }

        /// <summary>Takes the arguments, as hetu.2 has them.</summary>
        public MessagePackWriter Writer { get; }

        /// <summary>Makes the call.</summary>
        /// <param name="cancellationToken">Gives it up.</param>
        public Task<TResult> SendAsync(CancellationToken cancellationToken = default) =>
            scope.Session.CallAsync(callable, callable.Read, Writer, count, scope, cancellationToken);
    }
}
