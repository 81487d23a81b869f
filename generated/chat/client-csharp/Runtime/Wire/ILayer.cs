#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// The client's side of a layer between the frames and the socket that shakes hands: one object for a connection.
    /// </summary>
    public interface ILayer
    {
        /// <summary>As it stands in the settings of the server: <c>zlib</c>, <c>crypto</c>.</summary>
        string Name { get; }

        /// <summary>The layer's entry in the client's handshake. Called once.</summary>
        byte[] Hello();

        /// <summary>Ends the handshake.</summary>
        /// <param name="answer">The layer's entry in the server's answer.</param>
        /// <exception cref="WireException">When it is none.</exception>
        ILayerStream Finish(ReadOnlySpan<byte> answer);
    }
}
