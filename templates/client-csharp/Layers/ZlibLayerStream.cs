#nullable enable

using System;
using System.Runtime.InteropServices;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace HeTu
{
    /// <summary>Both directions of one connection through zlib.</summary>
    internal sealed class ZlibLayerStream : ILayerStream
    {
        private const int FirstCapacity = 4 * 1024;

        /// <summary>A buffer beyond this is given back at the next message: one huge snapshot is not paid for ever.</summary>
        private const int KeptCapacity = 1024 * 1024;

        private readonly Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        private readonly Inflater inflater = new Inflater();
        private readonly byte[] dictionary;
        private readonly int maxMessage;
        private byte[] deflated = new byte[FirstCapacity];
        private byte[] inflated = new byte[FirstCapacity];

        /// <param name="dictionary">Of both directions; empty: none.</param>
        /// <param name="maxMessage">Bytes that one message may inflate to.</param>
        public ZlibLayerStream(byte[] dictionary, int maxMessage)
        {
            this.dictionary = dictionary;
            this.maxMessage = maxMessage;
            if (dictionary.Length > 0)
            {
                deflater.SetDictionary(dictionary);
            }
        }

        /// <inheritdoc/>
        public ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> message)
        {
            ArraySegment<byte> input = ArrayOf(message);
            Shrink(ref deflated);
            deflater.SetInput(input.Array, input.Offset, input.Count);
            deflater.Flush();
            int length = 0;
            while (true)
            {
                int written = deflater.Deflate(deflated, length, deflated.Length - length);
                length += written;
                if (length < deflated.Length)
                {
                    // Room is left over: everything is out, the flush included.
                    return new ReadOnlyMemory<byte>(deflated, 0, length);
                }

                Array.Resize(ref deflated, deflated.Length * 2);
            }
        }

        /// <inheritdoc/>
        public ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> message)
        {
            try
            {
                return Inflate(message);
            }
            catch (Exception error) when (error is SharpZipBaseException || error is IndexOutOfRangeException)
            {
                // The library runs past its tables on some malformed code lengths instead of telling.
                throw new WireException("what came is not the zlib stream that was agreed on", error);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            // Both are plain memory; what they hold goes with this object.
        }

        private ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> message)
        {
            ArraySegment<byte> input = ArrayOf(message);
            Shrink(ref inflated);
            inflater.SetInput(input.Array, input.Offset, input.Count);
            int length = 0;
            while (true)
            {
                length += inflater.Inflate(inflated, length, inflated.Length - length);
                if (inflater.IsFinished)
                {
                    throw new WireException("the zlib stream has ended, and it lasts as long as the connection");
                }

                if (length > maxMessage)
                {
                    throw new WireException(
                        $"a message inflates to more than {maxMessage} bytes; a larger one needs ZlibLayer.Factory(maxMessage)");
                }

                if (inflater.IsNeedingDictionary)
                {
                    UseDictionary();
                }
                else if (length < inflated.Length)
                {
                    return new ReadOnlyMemory<byte>(inflated, 0, length);
                }
                else
                {
                    // One byte more than is allowed, so that a message of just the limit is told from a larger one.
                    long grown = Math.Min((long)inflated.Length * 2, (long)maxMessage + 1);
                    Array.Resize(ref inflated, (int)Math.Min(grown, int.MaxValue));
                }
            }
        }

        private void UseDictionary()
        {
            if (dictionary.Length == 0)
            {
                throw new WireException("the zlib stream asks for a dictionary, and the server gave none");
            }

            inflater.SetDictionary(dictionary);
        }

        private static void Shrink(ref byte[] buffer)
        {
            if (buffer.Length > KeptCapacity)
            {
                buffer = new byte[FirstCapacity];
            }
        }

        private static ArraySegment<byte> ArrayOf(ReadOnlyMemory<byte> memory) =>
            MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment)
                ? segment
                : new ArraySegment<byte>(memory.ToArray());
    }
}
