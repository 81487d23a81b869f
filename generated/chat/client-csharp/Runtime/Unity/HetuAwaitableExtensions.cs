#nullable enable

#if UNITY_6000_0_OR_NEWER
using System.Threading;
using System.Threading.Tasks;
using UnityEngine;

namespace HeTu
{
    /// <summary>The tasks of a client as Unity's own <see cref="Awaitable"/>.</summary>
    public static class HetuAwaitableExtensions
    {
        /// <summary><c>await client.Systems.MoveToAsync(1f, 2f).AsAwaitable();</c></summary>
        public static async Awaitable AsAwaitable(this Task task) => await task;

        /// <summary><c>var user = await client.Systems.LoginAsync(token).AsAwaitable();</c></summary>
        public static async Awaitable<T> AsAwaitable<T>(this Task<T> task) => await task;

        /// <summary>Ends once calls go out at once.</summary>
        /// <param name="client">The client.</param>
        /// <param name="cancellationToken">Ends the waiting, such as <c>destroyCancellationToken</c>.</param>
        /// <exception cref="ConnectionClosedException">When the client closes before.</exception>
        public static async Awaitable ConnectedAwaitable(
            this HetuClient client,
            CancellationToken cancellationToken = default) => await client.ConnectedAsync(cancellationToken);
    }
}
#endif
