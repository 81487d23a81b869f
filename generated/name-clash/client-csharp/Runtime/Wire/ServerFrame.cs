#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// One frame of a server, read up to what only its receiver understands. It lives in the buffer of the message. All
    /// bytes of the message are known to be whole values.
    /// </summary>
    internal ref struct ServerFrame
    {
        /// <summary>Which frame it is; says where <see cref="Body"/> stands.</summary>
        internal FrameKind Kind;

        /// <summary>How the server of this link writes names and numbers.</summary>
        internal WireSchema Wire;

        /// <summary>In front of what was not read yet. Copy it before reading what may throw, when there is more behind.</summary>
        internal MessagePackReader Body;

        /// <summary>Subscribed, caught up, update, refused in hetu.1: the id of the subscription, UTF-8.</summary>
        internal ReadOnlySpan<byte> SubscriptionId;

        /// <summary>Subscribed and caught up in hetu.2: the number of the subscription.</summary>
        internal long SubscriptionNumber;

        /// <summary>hetu.2: the position in the order of commits that subscribed, caught up and update stand for.</summary>
        internal long Position;

        /// <summary>Update in hetu.2: pairs of number and delta.</summary>
        internal int Count;

        /// <summary>Rejection and refused: the code. Event: its name. <c>null</c> where the protocol gives none.</summary>
        internal string? Code;

        /// <summary>Failure and refused: the server's words.</summary>
        internal string? Reason;
    }
}
