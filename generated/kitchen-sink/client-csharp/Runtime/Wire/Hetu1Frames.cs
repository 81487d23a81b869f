#nullable enable

using System;
using System.Text;

namespace HeTu
{
    /// <summary>The heads of frames of hetu.1, which begin with a name.</summary>
    internal static class Hetu1Frames
    {
        private static readonly byte[] Updt = Encoding.UTF8.GetBytes("updt");
        private static readonly byte[] Rsp = Encoding.UTF8.GetBytes("rsp");
        private static readonly byte[] Sub = Encoding.UTF8.GetBytes("sub");
        private static readonly byte[] Evt = Encoding.UTF8.GetBytes("evt");
        private static readonly byte[] Rej = Encoding.UTF8.GetBytes("rej");
        private static readonly byte[] Err = Encoding.UTF8.GetBytes("err");
        private static readonly byte[] Clock = Encoding.UTF8.GetBytes("clock");

        /// <param name="body">Behind the header of the array.</param>
        /// <param name="count">Values of the array.</param>
        /// <param name="wire">Of the link.</param>
        /// <exception cref="WireException">When it is not a frame.</exception>
        /// <exception cref="SchemaMismatchException">When it is not a frame.</exception>
        internal static ServerFrame Read(MessagePackReader body, int count, WireSchema wire)
        {
            var frame = new ServerFrame { Wire = wire };
            if (body.Next != MessagePackKind.String) return frame;
            var name = body.ReadUtf8();
            var parts = count - 1;
            if (name.SequenceEqual(Updt))
            {
                Demand(parts, 2, "updt");
                frame.Kind = FrameKind.Update;
                frame.SubscriptionId = body.ReadUtf8("updt.id");
                if (body.Next != MessagePackKind.Map) throw new WireException("the rows of an updt frame are not a map");
            }
            else if (name.SequenceEqual(Rsp))
            {
                frame.Kind = FrameKind.Result;
                if (parts == 0) body = default;
            }
            else if (name.SequenceEqual(Sub))
            {
                Demand(parts, 2, "sub");
                frame.Kind = body.Next == MessagePackKind.Nil ? FrameKind.Refused : FrameKind.Subscribed;
                if (frame.Kind == FrameKind.Subscribed) frame.SubscriptionId = body.ReadUtf8("sub.id");
            }
            else if (name.SequenceEqual(Evt))
            {
                Demand(parts, 1, "evt");
                frame.Kind = FrameKind.Event;
                frame.Code = body.ReadString("evt.name");
                if (parts == 1) body = default;
            }
            else if (name.SequenceEqual(Rej))
            {
                Demand(parts, 2, "rej");
                frame.Kind = FrameKind.Rejection;
                body.Skip();
                frame.Code = body.ReadString("rej.code");
                if (parts == 2) body = default;
            }
            else if (name.SequenceEqual(Err))
            {
                Demand(parts, 2, "err");
                frame.Kind = FrameKind.Failure;
                body.Skip();
                frame.Reason = body.Next == MessagePackKind.String ? body.ReadString() : "";
            }
            else if (name.SequenceEqual(Clock))
            {
                Demand(parts, 1, "clock");
                frame.Kind = FrameKind.Clock;
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
