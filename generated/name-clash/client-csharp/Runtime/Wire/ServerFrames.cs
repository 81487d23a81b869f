#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// Reads the heads of a server's frames, of either protocol. The bytes must be whole values
    /// (<see cref="MessagePackReader.CountValues"/>).
    /// </summary>
    internal static class ServerFrames
    {
        /// <param name="reader">In front of a frame; behind it afterwards.</param>
        /// <param name="wire">Of the link.</param>
        /// <exception cref="WireException">When it is not a frame.</exception>
        internal static ServerFrame Read(ref MessagePackReader reader, WireSchema wire)
        {
            var body = reader;
            reader.Skip();
            try
            {
                if (body.Next != MessagePackKind.Array) throw new WireException("a frame is not an array");
                var count = body.ReadArrayHeader();
                if (count == 0) throw new WireException("a frame is empty");
                return wire.IsHetu2 ? Hetu2Frames.Read(body, count, wire) : Hetu1Frames.Read(body, count, wire);
            }
            catch (SchemaMismatchException mismatch)
            {
                throw new WireException($"a frame has something else in the place of its parts: {mismatch.Path}", mismatch);
            }
        }

        /// <summary>Milliseconds since 1970 UTC: a whole number, or hetu.1's float.</summary>
        /// <exception cref="WireException">When it is no number.</exception>
        internal static long ReadTime(ref MessagePackReader reader)
        {
            switch (reader.Next)
            {
                case MessagePackKind.Integer:
                case MessagePackKind.Float:
                    var time = reader.ReadDouble();
                    return time >= 0 && time <= Checks.MaxTimestamp ? (long)time : 0;
                default:
                    throw new WireException("the time of the server is not a number");
            }
        }

        /// <summary>Whether a frame is one that answers such a request.</summary>
        internal static bool Answers(FrameKind kind, AnswerKind request)
        {
            switch (kind)
            {
                case FrameKind.Result:
                    return request == AnswerKind.Call;
                case FrameKind.Rejection:
                case FrameKind.Failure:
                    return request == AnswerKind.Call || request == AnswerKind.Clock;
                case FrameKind.Subscribed:
                case FrameKind.CaughtUp:
                    return request == AnswerKind.Subscription;
                case FrameKind.Refused:
                    return request == AnswerKind.Subscription || request == AnswerKind.Page;
                case FrameKind.Page:
                    return request == AnswerKind.Page;
                case FrameKind.Clock:
                    return request == AnswerKind.Clock;
                default:
                    return false;
            }
        }
    }
}
