#nullable enable

namespace HeTu
{
    /// <summary>The heads of frames of hetu.2, which begin with a number.</summary>
    internal static class Hetu2Frames
    {
        /// <param name="body">Behind the header of the array.</param>
        /// <param name="count">Values of the array.</param>
        /// <param name="wire">Of the link.</param>
        /// <exception cref="WireException">When it is not a frame.</exception>
        /// <exception cref="SchemaMismatchException">When it is not a frame.</exception>
        internal static ServerFrame Read(MessagePackReader body, int count, WireSchema wire)
        {
            var frame = new ServerFrame { Wire = wire };
            if (body.Next != MessagePackKind.Integer) throw new WireException("a frame does not begin with its kind");
            var kind = body.ReadInt64("kind");
            var parts = count - 1;
            switch (kind)
            {
                case 0:
                    Demand(parts, 5, "welcome");
                    frame.Kind = FrameKind.Welcome;
                    break;
                case 1:
                    frame.Kind = FrameKind.Result;
                    if (parts == 0) body = default;
                    break;
                case 2:
                    Demand(parts, 1, "rejection");
                    frame.Kind = FrameKind.Rejection;
                    if (body.Next == MessagePackKind.String) frame.Code = body.ReadString();
                    else frame.Code = wire.ErrorName(body.ReadInt32("code"));
                    if (parts == 1) body = default;
                    break;
                case 3:
                    frame.Kind = FrameKind.Failure;
                    frame.Reason = parts > 0 ? body.ReadString("reason") : "";
                    break;
                case 4:
                case 5:
                    Demand(parts, 3, "subscribed");
                    frame.Kind = kind == 4 ? FrameKind.Subscribed : FrameKind.CaughtUp;
                    frame.SubscriptionNumber = body.ReadInt64("number");
                    frame.Position = body.ReadInt64("position");
                    break;
                case 6:
                    Demand(parts, 1, "refused");
                    frame.Kind = FrameKind.Refused;
                    frame.Code = body.ReadString("code");
                    frame.Reason = parts > 1 && body.Next == MessagePackKind.String ? body.ReadString() : null;
                    break;
                case 7:
                    Demand(parts, 1, "update");
                    if (parts % 2 == 0) throw new WireException("an update has a subscription without its delta");
                    frame.Kind = FrameKind.Update;
                    frame.Position = body.ReadInt64("position");
                    frame.Count = (parts - 1) / 2;
                    break;
                case 8:
                    Demand(parts, 1, "event");
                    if (body.Next == MessagePackKind.String) frame.Code = body.ReadString();
                    else frame.Code = wire.EventName(body.ReadInt32("event"));
                    // One that differs here was reported when the session began.
                    if (frame.Code != null && wire.EventProblem(frame.Code) == null) frame.Kind = FrameKind.Event;
                    if (parts == 1) body = default;
                    break;
                case 9:
                    Demand(parts, 3, "page");
                    frame.Kind = FrameKind.Page;
                    break;
                case 10:
                    Demand(parts, 1, "clock");
                    frame.Kind = FrameKind.Clock;
                    break;
                case 11:
                    frame.Kind = FrameKind.Pong;
                    break;
                default:
                    break;
            }

            frame.Body = body;
            return frame;
        }

        private static void Demand(int parts, int needed, string name)
        {
            if (parts < needed) throw new WireException($"a frame {name} has {parts} parts instead of {needed}");
        }
    }
}
