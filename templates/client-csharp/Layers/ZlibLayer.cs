#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// The layer <c>zlib</c>: each direction is one zlib stream (RFC 1950) for the whole connection, with the
    /// dictionary that the server gives. One object serves one connection; hand <see cref="Factory"/> to the options.
    /// </summary>
    public sealed class ZlibLayer : ILayer
    {
        /// <summary>Bytes that one message of the server may inflate to unless told otherwise: 64 MiB.</summary>
        public const int DefaultMaxMessage = 64 * 1024 * 1024;

        private readonly int maxMessage;

        /// <summary>Makes the layer of one connection.</summary>
        /// <param name="maxMessage">Bytes that one message may inflate to; more closes the connection.</param>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxMessage"/> is below 1.</exception>
        public ZlibLayer(int maxMessage = DefaultMaxMessage)
        {
            if (maxMessage < 1)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(maxMessage), maxMessage, "a message must be allowed at least one byte");
            }

            this.maxMessage = maxMessage;
        }

        /// <inheritdoc/>
        public string Name => "zlib";

        /// <summary>What the options take: a new layer for each connection.</summary>
        /// <param name="maxMessage">Bytes that one message may inflate to; more closes the connection.</param>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxMessage"/> is below 1.</exception>
        public static Func<ILayer> Factory(int maxMessage = DefaultMaxMessage)
        {
            // Made once here, so that a senseless limit is told where it is given.
            _ = new ZlibLayer(maxMessage);
            return () => new ZlibLayer(maxMessage);
        }

        /// <inheritdoc/>
        public byte[] Hello() => Array.Empty<byte>();

        /// <summary>Starts both streams.</summary>
        /// <param name="answer">The dictionary; empty: none.</param>
        public ILayerStream Finish(ReadOnlySpan<byte> answer) => new ZlibLayerStream(answer.ToArray(), maxMessage);
    }
}
