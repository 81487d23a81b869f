#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// Keeps a link to the server as long as the application wants one: connects, runs bootstrap, sends what waits, and
    /// starts again when the link drops. Calls come from any thread; all else happens on the loop.
    /// </summary>
    internal sealed partial class Session : ISubscriptionLink
    {
        private readonly string url;
        private readonly Loop loop;
        private readonly Settings settings;
        private readonly Schema schema;
        private readonly ISessionParts parts;
        private readonly OnceIds onceIds;
        private readonly CallContext callContext;

        /// <summary>What waits for the connection or for room in it, in the order in which it was asked for.</summary>
        private readonly Fifo<Request> queue = new Fifo<Request>();
        private Link? link;
        private volatile ConnectionState state = new ConnectionState(ConnectionStatus.Connecting, 0);

        internal Session(string url, Loop loop, Settings settings, Schema schema, ISessionParts parts)
        {
            this.url = url;
            this.loop = loop;
            this.settings = settings;
            this.schema = schema;
            this.parts = parts;
            onceIds = new OnceIds(loop);
            callContext = new CallContext(loop, onceIds, parts.Called);
        }

        internal Schema Schema => schema;

        /// <summary>From any thread.</summary>
        internal ConnectionState State => state;

        WireSchema? ISubscriptionLink.Wire => state.Status == ConnectionStatus.Connected ? link?.Wire : null;

        bool ISubscriptionLink.Enqueue(Request request)
        {
            if (state.Status != ConnectionStatus.Connected) return false;
            queue.Push(request);
            Flush();
            return true;
        }

        bool ISubscriptionLink.Withdraw(Request request)
        {
            var wasQueued = queue.Remove(request);
            if (wasQueued) Restored(request);
            return wasQueued;
        }

        bool ISubscriptionLink.Unsubscribe(ReadOnlySpan<byte> id)
        {
            if (state.Status != ConnectionStatus.Connected) return false;
            link?.Unsubscribe(id);
            return true;
        }

        bool ISubscriptionLink.Unsubscribe(long number)
        {
            if (state.Status != ConnectionStatus.Connected) return false;
            link?.Unsubscribe(number);
            return true;
        }

        /// <summary>Opens the first connection; once, on the loop.</summary>
        internal void Start()
        {
            if (state.Status == ConnectionStatus.Connecting && link == null) Dial();
        }

        /// <summary>Ends everything for good. On the loop.</summary>
        internal void Close(Exception? error)
        {
            if (state.Status == ConnectionStatus.Closed) return;
            retry?.Dispose();
            SetState(new ConnectionState(ConnectionStatus.Closed, state.Attempt, error));
            var last = link;
            link = null;
            last?.Close("the client was closed");
            foreach (var request in queue.Drain())
            {
                if (!(request is Call call)) continue;
                if (call.WasSent) call.OutcomeUnknown("the client was closed", error);
                else call.Fail(new ConnectionClosedException(call.Name, error));
            }

            parts.Closed(error);
        }

        private bool CanSend => state.Status == ConnectionStatus.Connected && queue.Count == 0 && link?.HasRoom == true;

        private void Flush()
        {
            while (state.Status == ConnectionStatus.Connected && link?.HasRoom == true)
            {
                var next = queue.Shift();
                if (next == null) return;
                link.Send(next);
            }
        }

        private void SetState(ConnectionState next)
        {
            state = next;
            parts.StateChanged(next);
        }
    }
}
