#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// A layer of one connection after its handshake, in both directions. It has state (a compression window, a
    /// counter): every message goes through it exactly once, in the order in which it leaves or came.
    /// </summary>
    public interface ILayerStream : IDisposable
    {
        /// <summary>What leaves. The result may be a view that is valid until the next call.</summary>
        ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> message);

        /// <summary>What comes in. The result may be a view of the message, or one that is valid until the next call.</summary>
        /// <exception cref="WireException">The connection is to be closed; the stream is of no further use.</exception>
        ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> message);
    }
}
