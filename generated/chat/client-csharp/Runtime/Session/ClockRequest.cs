#nullable enable

using System;

namespace HeTu
{
    /// <summary>Asks the server for its time.</summary>
    internal sealed class ClockRequest : Request
    {
        private readonly OnceIds onceIds;
        private readonly Action done;

        /// <param name="onceIds">Told the time.</param>
        /// <param name="done">Called with the answer, also when the server has no clock to offer.</param>
        internal ClockRequest(OnceIds onceIds, Action done)
        {
            this.onceIds = onceIds;
            this.done = done;
        }

        internal override AnswerKind Answer => AnswerKind.Clock;

        internal override void Write(MessagePackWriter writer, WireSchema wire) => ClientFrames.Clock(writer, wire);

        internal override void Answered(ref ServerFrame frame)
        {
            if (frame.Kind == FrameKind.Clock) onceIds.Learn(ServerFrames.ReadTime(ref frame.Body));
            done();
        }

        internal override void Unusable(SchemaMismatchException mismatch) => done();
    }
}
