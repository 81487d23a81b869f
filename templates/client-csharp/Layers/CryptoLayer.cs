#nullable enable

using System;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace HeTu
{
    /// <summary>
    /// The layer <c>crypto</c>: X25519 (RFC 7748), a session key that is the BLAKE2b-256 (RFC 7693) of the shared
    /// secret, and ChaCha20-Poly1305 (RFC 8439) for each message. One object serves one connection; hand
    /// <see cref="Factory(string?)"/> to the options.
    /// </summary>
    /// <remarks>
    /// The server is not authenticated by this, and a secret that is shipped in a game can be extracted from it:
    /// prefer <c>wss</c>.
    /// </remarks>
    public sealed class CryptoLayer : ILayer
    {
        private const int KeyLength = 32;
        private readonly byte[]? secret;
        private readonly Action<byte[]> fillRandom;
        private readonly Func<long> unixMilliseconds;
        private byte[]? ourKey;

        /// <summary>Makes the layer of one connection.</summary>
        /// <param name="secret">The key that the server is configured with; null: the hello is not signed.</param>
        /// <exception cref="ArgumentException"><paramref name="secret"/> is empty.</exception>
        public CryptoLayer(string? secret = null)
            : this(secret, bytes => RandomNumberGenerator.Fill(bytes), () => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())
        {
        }

        /// <param name="secret">As above.</param>
        /// <param name="fillRandom">Called for the private key, then for the nonce of a signed hello.</param>
        /// <param name="unixMilliseconds">The time that a signed hello carries.</param>
        internal CryptoLayer(string? secret, Action<byte[]> fillRandom, Func<long> unixMilliseconds)
        {
            if (secret != null && secret.Length == 0)
            {
                throw new ArgumentException("the secret is empty; leave it out when the server has none", nameof(secret));
            }

            this.secret = secret == null ? null : Encoding.UTF8.GetBytes(secret);
            this.fillRandom = fillRandom;
            this.unixMilliseconds = unixMilliseconds;
        }

        /// <inheritdoc/>
        public string Name => "crypto";

        /// <summary>What the options take: a new layer, with new keys, for each connection.</summary>
        /// <param name="secret">The key that the server is configured with; null: the hello is not signed.</param>
        /// <exception cref="ArgumentException"><paramref name="secret"/> is empty.</exception>
        public static Func<ILayer> Factory(string? secret = null)
        {
            // Made once here, so that an empty secret is told where it is given.
            _ = new CryptoLayer(secret);
            return () => new CryptoLayer(secret);
        }

        /// <summary>The public key, with a secret as a signed hello (<c>H2A1</c>).</summary>
        public byte[] Hello()
        {
            byte[] privateKey = new byte[KeyLength];
            fillRandom(privateKey);
            ourKey = privateKey;
            byte[] publicKey = new byte[KeyLength];
            X25519.GeneratePublicKey(privateKey, 0, publicKey, 0);
            if (secret == null)
            {
                return publicKey;
            }

            byte[] nonce = new byte[SignedHello.NonceLength];
            fillRandom(nonce);
            return SignedHello.Write(publicKey, unixMilliseconds(), nonce, secret);
        }

        /// <summary>Agrees on the session key.</summary>
        /// <param name="answer">The server's public key, 32 bytes.</param>
        /// <exception cref="WireException">The answer is no public key.</exception>
        /// <exception cref="InvalidOperationException"><see cref="Hello"/> was not called, or this was already.</exception>
        public ILayerStream Finish(ReadOnlySpan<byte> answer)
        {
            byte[] privateKey = ourKey ?? throw new InvalidOperationException("a handshake starts with Hello()");
            ourKey = null;
            try
            {
                return new CryptoLayerStream(SessionKey(privateKey, answer));
            }
            finally
            {
                Array.Clear(privateKey, 0, privateKey.Length);
            }
        }

        private static byte[] SessionKey(byte[] privateKey, ReadOnlySpan<byte> answer)
        {
            if (answer.Length != KeyLength)
            {
                throw new WireException(
                    $"the server's answer to the layer crypto has {answer.Length} bytes instead of a key of {KeyLength}");
            }

            byte[] shared = new byte[KeyLength];
            if (!X25519.CalculateAgreement(privateKey, 0, answer.ToArray(), 0, shared, 0))
            {
                // RFC 7748, section 6.1: a point of small order gives a secret that everybody knows.
                throw new WireException("the server's answer to the layer crypto is a key of small order");
            }

            var digest = new Blake2bDigest(KeyLength * 8);
            digest.BlockUpdate(shared, 0, shared.Length);
            byte[] key = new byte[KeyLength];
            digest.DoFinal(key, 0);
            Array.Clear(shared, 0, shared.Length);
            return key;
        }
    }
}
