#nullable enable

using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace HeTu
{
    /// <summary>
    /// Both directions of one connection through ChaCha20-Poly1305 without additional data. Nonces are counted, not
    /// sent: the first byte is <c>FF</c> from the client and <c>00</c> from the server, then 11 bytes of a counter.
    /// </summary>
    internal sealed class CryptoLayerStream : ILayerStream
    {
        private const int TagLength = 16;
        private const int NonceLength = 12;
        private const byte FromClient = 0xff;
        private const byte FromServer = 0x00;

        private readonly KeyParameter key;
        private readonly ChaCha20Poly1305 seal = new ChaCha20Poly1305();
        private readonly ChaCha20Poly1305 open = new ChaCha20Poly1305();
        private readonly byte[] nonce = new byte[NonceLength];
        private ulong sent;
        private ulong received;
        private byte[] sealedBytes = Array.Empty<byte>();
        private byte[] opened = Array.Empty<byte>();

        /// <param name="key">The session key, 32 bytes.</param>
        public CryptoLayerStream(byte[] key)
        {
            this.key = new KeyParameter(key);
        }

        /// <inheritdoc/>
        public ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> message)
        {
            seal.Init(true, Parameters(FromClient, ++sent));
            Reserve(ref sealedBytes, message.Length + TagLength);
            int length = Process(seal, message, sealedBytes);
            length += seal.DoFinal(sealedBytes, length);
            return new ReadOnlyMemory<byte>(sealedBytes, 0, length);
        }

        /// <inheritdoc/>
        public ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> message)
        {
            if (message.Length < TagLength)
            {
                throw new WireException(
                    $"an encrypted message of {message.Length} bytes is shorter than its tag of {TagLength}");
            }

            open.Init(false, Parameters(FromServer, ++received));
            Reserve(ref opened, message.Length);
            try
            {
                int length = Process(open, message, opened);
                length += open.DoFinal(opened, length);
                return new ReadOnlyMemory<byte>(opened, 0, length);
            }
            catch (InvalidCipherTextException)
            {
                // What was decrypted before the tag was found wrong is told to nobody.
                Array.Clear(opened, 0, opened.Length);
                throw new WireException(
                    $"message {received} of the server does not decrypt: it was changed, lost or sealed with another key");
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Array.Clear(opened, 0, opened.Length);
        }

        private ParametersWithIV Parameters(byte sender, ulong counter)
        {
            nonce[0] = sender;
            BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(NonceLength - sizeof(ulong)), counter);
            return new ParametersWithIV(key, nonce);
        }

        private static int Process(ChaCha20Poly1305 cipher, ReadOnlyMemory<byte> message, byte[] output)
        {
            if (!MemoryMarshal.TryGetArray(message, out ArraySegment<byte> input))
            {
                input = new ArraySegment<byte>(message.ToArray());
            }

            return input.Count == 0 ? 0 : cipher.ProcessBytes(input.Array, input.Offset, input.Count, output, 0);
        }

        private static void Reserve(ref byte[] buffer, int length)
        {
            if (buffer.Length < length)
            {
                buffer = new byte[Math.Max(length, buffer.Length * 2)];
            }
        }
    }
}
