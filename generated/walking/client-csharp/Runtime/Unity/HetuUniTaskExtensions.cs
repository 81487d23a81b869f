#nullable enable

#if HETU_UNITASK
using System.Threading;
using Cysharp.Threading.Tasks;

namespace HeTu
{
    /// <summary>
    /// For projects with UniTask. Every task of a client is one by its own <c>AsUniTask()</c>:
    /// <c>await client.Systems.MoveToAsync(1f, 2f).AsUniTask();</c>
    /// </summary>
    public static class HetuUniTaskExtensions
    {
        /// <summary>Ends once calls go out at once.</summary>
        /// <param name="client">The client.</param>
        /// <param name="cancellationToken">Ends the waiting.</param>
        /// <exception cref="ConnectionClosedException">When the client closes before.</exception>
        public static UniTask ConnectedUniTask(this HetuClient client, CancellationToken cancellationToken = default) =>
            client.ConnectedAsync(cancellationToken).AsUniTask();
    }
}
#endif
