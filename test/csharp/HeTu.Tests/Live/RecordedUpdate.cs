#nullable enable

namespace HeTu.Tests.Live
{
    /// <summary>An update of one subscription as bytes, so that playing it makes nothing.</summary>
    internal sealed class RecordedUpdate
    {
        private readonly Subscriptions subscriptions;
        private readonly WireSchema wire;
        private readonly byte[] id;
        private readonly byte[] body;

        internal RecordedUpdate(Subscriptions subscriptions, WireSchema wire, byte[] id, byte[] body)
        {
            this.subscriptions = subscriptions;
            this.wire = wire;
            this.id = id;
            this.body = body;
        }

        /// <summary>On the loop.</summary>
        internal void Play()
        {
            var frame = new ServerFrame
            {
                Kind = FrameKind.Update,
                Wire = wire,
                SubscriptionId = id,
                Count = 1,
                Body = new MessagePackReader(body),
            };
            subscriptions.Updated(ref frame);
        }
    }
}
