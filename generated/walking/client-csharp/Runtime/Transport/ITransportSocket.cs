#nullable enable

using System;

namespace HeTu
{
    /// <summary>One connection, or an attempt at one.</summary>
    public interface ITransportSocket
    {
        /// <summary>Sends a binary message. What it was given may change as soon as it has returned.</summary>
        void Send(ReadOnlySpan<byte> message);

        /// <summary>Ends the connection after what was sent; <see cref="ITransportEvents.Closed"/> follows.</summary>
        void Close();

        /// <summary>Ends it without waiting for the other side.</summary>
        void Abort();
    }
}
