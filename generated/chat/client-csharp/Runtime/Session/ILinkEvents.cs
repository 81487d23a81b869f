#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>What a link tells the session, on the loop.</summary>
    internal interface ILinkEvents
    {
        /// <summary>The WebSocket was opened: it is known what is spoken.</summary>
        /// <param name="offered">Whether hetu.2 was offered.</param>
        /// <param name="isHetu2">Whether the server has selected it.</param>
        void Agreed(bool offered, bool isHetu2);

        /// <summary>The handshake is done: requests may be sent.</summary>
        /// <param name="link">The link.</param>
        /// <param name="resumed">The server has kept the session.</param>
        void Opened(Link link, bool resumed);

        /// <summary>An update or an event.</summary>
        /// <exception cref="WireException">The link is to be dropped.</exception>
        void Pushed(ref ServerFrame frame);

        /// <summary>A request has had its answer: there is room for another.</summary>
        void Answered(Request request);

        /// <summary>Instead of lost: there is no use in trying again.</summary>
        void Impossible(Link link, Exception error);

        /// <summary>The last call, once. <paramref name="unanswered"/> were sent.</summary>
        void Lost(Link link, ConnectionLostException reason, List<Request> unanswered);
    }
}
