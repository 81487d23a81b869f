#nullable enable

namespace HeTu
{
    /// <summary>What a frame of a server is, in hetu.1 and hetu.2 alike.</summary>
    internal enum FrameKind
    {
        /// <summary>Something that a newer server pushes; to be ignored.</summary>
        Other,

        /// <summary>hetu.2: the answer to hello.</summary>
        Welcome,

        /// <summary>A call's result; the body is in front of it, or at the end when there is none.</summary>
        Result,

        /// <summary>A call was refused; the body is in front of the fields, or at the end when there are none.</summary>
        Rejection,

        /// <summary>Server code threw.</summary>
        Failure,

        /// <summary>A subscription begins; the body is in front of its rows: an array, or in hetu.1 also one row or nil.</summary>
        Subscribed,

        /// <summary>hetu.2: a subscription goes on after a resume; the body is in front of the delta.</summary>
        CaughtUp,

        /// <summary>A subscription or a page is refused. hetu.1 gives neither code nor reason.</summary>
        Refused,

        /// <summary>
        /// Rows have changed. hetu.1: the body is in front of the map of one subscription. hetu.2: in front of the first
        /// of <see cref="ServerFrame.Count"/> numbers of subscriptions, each followed by its delta.
        /// </summary>
        Update,

        /// <summary>An event; the body is in front of its value.</summary>
        Event,

        /// <summary>hetu.2: the body is in front of the rows, then count or nil, then next or nil.</summary>
        Page,

        /// <summary>The server's time; the body is in front of it.</summary>
        Clock,

        /// <summary>hetu.2: a sign of life.</summary>
        Pong,
    }
}
