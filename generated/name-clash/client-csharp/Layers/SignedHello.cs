#nullable enable

using System;
using System.Buffers.Binary;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace HeTu
{
    /// <summary>
    /// The hello of a client that knows the server's secret: <c>H2A1</c>, public key, time, nonce, and an HMAC-SHA256
    /// (RFC 2104) over all of it.
    /// </summary>
    internal static class SignedHello
    {
        /// <summary>Bytes of the whole hello.</summary>
        public const int Length = 92;

        /// <summary>Bytes of the random nonce.</summary>
        public const int NonceLength = 16;

        private const int KeyAt = 4;
        private const int TimeAt = 36;
        private const int NonceAt = 44;
        private const int TagAt = 60;

        /// <summary>Writes the hello.</summary>
        /// <param name="publicKey">32 bytes.</param>
        /// <param name="unixMilliseconds">The time here; servers do not check it.</param>
        /// <param name="nonce">16 bytes that were never used before.</param>
        /// <param name="secret">The server's secret as UTF-8.</param>
        public static byte[] Write(byte[] publicKey, long unixMilliseconds, byte[] nonce, byte[] secret)
        {
            byte[] hello = new byte[Length];
            hello[0] = (byte)'H';
            hello[1] = (byte)'2';
            hello[2] = (byte)'A';
            hello[3] = (byte)'1';
            publicKey.CopyTo(hello, KeyAt);
            BinaryPrimitives.WriteInt64BigEndian(hello.AsSpan(TimeAt), unixMilliseconds);
            nonce.CopyTo(hello, NonceAt);
            var hmac = new HMac(new Sha256Digest());
            hmac.Init(new KeyParameter(secret));
            hmac.BlockUpdate(hello, 0, TagAt);
            hmac.DoFinal(hello, TagAt);
            return hello;
        }
    }
}
