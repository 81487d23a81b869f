#nullable enable

using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>Waits until a client is connected.</summary>
    internal sealed class ConnectionWait
    {
        private readonly HetuClient client;
        private readonly CancellationToken cancellationToken;
        private readonly TaskCompletionSource<bool> completion;
        private CancellationTokenRegistration registration;
        private bool ended;

        internal ConnectionWait(HetuClient client, CancellationToken cancellationToken)
        {
            this.client = client;
            this.cancellationToken = cancellationToken;
            completion = new TaskCompletionSource<bool>(client.Loop.Continuations);
        }

        internal Task Task => completion.Task;

        /// <summary>On the loop.</summary>
        internal void Start()
        {
            client.OnConnection += Look;
            Look(client.Connection);
            if (!ended) registration = cancellationToken.Register(() => client.Loop.Run(Cancel));
        }

        private void Look(ConnectionState state)
        {
            if (ended) return;
            if (state.Status == ConnectionStatus.Connected)
            {
                End();
                client.Loop.Settle(() => completion.TrySetResult(true));
            }
            else if (state.Status == ConnectionStatus.Closed)
            {
                End();
                var closed = new ConnectionClosedException("waiting for the connection", state.Error);
                client.Loop.Settle(() => completion.TrySetException(closed));
            }
        }

        private void Cancel()
        {
            if (ended) return;
            End();
            client.Loop.Settle(() => completion.TrySetCanceled(cancellationToken));
        }

        private void End()
        {
            ended = true;
            client.OnConnection -= Look;
            registration.Dispose();
        }
    }
}
