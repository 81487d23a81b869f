#nullable enable

using System;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>What becomes of a connection. May be called from any thread, but one call after the other.</summary>
    public interface ITransportEvents
    {
        /// <summary>Messages may be sent.</summary>
        /// <param name="subprotocol">What the server has selected; <c>null</c> or empty: nothing.</param>
        void Opened(string? subprotocol);

        /// <summary>A binary message.</summary>
        /// <param name="buffer">From <c>ArrayPool&lt;byte&gt;.Shared</c>; the receiver gives it back there.</param>
        /// <param name="length">Bytes of it that are the message.</param>
        /// <returns><c>null</c>, or what to wait for before more is received: the client has not caught up yet.</returns>
        Task? Message(byte[] buffer, int length);

        /// <summary>A text message; only a sign of life.</summary>
        void Text();

        /// <summary>The last call, once. Also when the connection was never made.</summary>
        void Closed(ConnectionLostException reason);

        /// <summary>Instead of <see cref="Closed"/>: a connection can never be made, and the client does not try again.</summary>
        void Impossible(Exception error);
    }
}
