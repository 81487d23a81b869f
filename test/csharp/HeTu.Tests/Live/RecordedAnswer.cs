#nullable enable

namespace HeTu.Tests.Live
{
    /// <summary>The answer to a subscription as bytes, so that playing it makes nothing else.</summary>
    internal sealed class RecordedAnswer
    {
        private static readonly byte[] Id = { (byte)'S' };
        private readonly ScriptedLink link;
        private readonly WireSchema wire;
        private readonly byte[] rows;

        internal RecordedAnswer(ScriptedLink link, WireSchema wire, byte[] rows)
        {
            this.link = link;
            this.wire = wire;
            this.rows = rows;
        }

        /// <summary>On the loop.</summary>
        internal void Play()
        {
            var frame = new ServerFrame
            {
                Kind = FrameKind.Subscribed,
                Wire = wire,
                SubscriptionId = Id,
                SubscriptionNumber = 1,
                Body = new MessagePackReader(rows),
            };
            link.Next().Answered(ref frame);
        }
    }
}
