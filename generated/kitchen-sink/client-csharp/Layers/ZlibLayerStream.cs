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

        private readonly Deflater _deflater = new Deflater(Deflater.BEST_SPEED);
        private readonly Inflater _inflater = new Inflater();
        private readonly byte[] _dictionary;
        private readonly int _maxMessage;
        private byte[] _deflated = new byte[FirstCapacity];
        private byte[] _inflated = new byte[FirstCapacity];

        /// <param name="dictionary">Of both directions; empty: none.</param>
        /// <param name="maxMessage">Bytes that one message may inflate to.</param>
        public ZlibLayerStream(byte[] dictionary, int maxMessage)
        {
            _dictionary = dictionary;
            _maxMessage = maxMessage;
            if (dictionary.Length > 0)
            {
                _deflater.SetDictionary(dictionary);
            }
        }

        /// <inheritdoc/>
        public ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> message)
        {
            ArraySegment<byte> input = ArrayOf(message);
            Shrink(ref _deflated);
            _deflater.SetInput(input.Array, input.Offset, input.Count);
            _deflater.Flush();
            int length = 0;
            while (true)
            {
                int written = _deflater.Deflate(_deflated, length, _deflated.Length - length);
                length += written;
                if (length < _deflated.Length)
                {
                    // Room is left over: everything is out, the flush included.
                    return new ReadOnlyMemory<byte>(_deflated, 0, length);
                }

                Array.Resize(ref _deflated, _deflated.Length * 2);
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
            Shrink(ref _inflated);
            _inflater.SetInput(input.Array, input.Offset, input.Count);
            int length = 0;
            while (true)
            {
                length += _inflater.Inflate(_inflated, length, _inflated.Length - length);
                if (_inflater.IsFinished)
                {
                    throw new WireException("the zlib stream has ended, and it lasts as long as the connection");
                }

                if (length > _maxMessage)
                {
                    throw new WireException(
                        $"a message inflates to more than {_maxMessage} bytes; a larger one needs ZlibLayer.Factory(maxMessage)");
                }

                if (_inflater.IsNeedingDictionary)
                {
                    UseDictionary();
                }
                else if (length < _inflated.Length)
                {
                    return new ReadOnlyMemory<byte>(_inflated, 0, length);
                }
                else
                {
                    // One byte more than is allowed, so that a message of just the limit is told from a larger one.
                    long grown = Math.Min((long)_inflated.Length * 2, (long)_maxMessage + 1);
                    Array.Resize(ref _inflated, (int)Math.Min(grown, int.MaxValue));
                }
            }
        }

        private void UseDictionary()
        {
            if (_dictionary.Length == 0)
            {
                throw new WireException("the zlib stream asks for a dictionary, and the server gave none");
            }

            _inflater.SetDictionary(_dictionary);
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
