#nullable enable

using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace HeTu.Tests.Conformance
{
    /// <summary>
    /// Takes the layers off what a client sends: encryption by the platform's own ChaCha20-Poly1305, so that it is
    /// checked by other code than made it.
    /// </summary>
    internal sealed class ServerSide
    {
        private readonly bool zlib;
        private readonly ChaCha20Poly1305? cipher;
        private readonly byte[] dictionary;
        private readonly Inflater inflater = new Inflater();
        private long received;

        public ServerSide(IReadOnlyCollection<string> layers, byte[] dictionary, byte[]? sessionKey)
        {
            zlib = new List<string>(layers).Contains("zlib");
            this.dictionary = dictionary;
            cipher = sessionKey == null ? null : new ChaCha20Poly1305(sessionKey);
        }

        public byte[] Decode(byte[] message)
        {
            byte[] bytes = cipher == null ? message : Open(cipher, message);
            return zlib ? Inflate(bytes) : bytes;
        }

        private byte[] Open(ChaCha20Poly1305 cipher, byte[] message)
        {
            var nonce = new byte[12];
            nonce[0] = 0xff;
            BitConverter.TryWriteBytes(nonce.AsSpan(4), System.Net.IPAddress.HostToNetworkOrder(++received));
            var plain = new byte[message.Length - 16];
            cipher.Decrypt(nonce, message.AsSpan(0, plain.Length), message.AsSpan(plain.Length), plain);
            return plain;
        }

        private byte[] Inflate(byte[] message)
        {
            using var output = new MemoryStream();
            var buffer = new byte[512];
            inflater.SetInput(message);
            while (true)
            {
                int count = inflater.Inflate(buffer);
                output.Write(buffer, 0, count);
                if (inflater.IsNeedingDictionary)
                {
                    inflater.SetDictionary(dictionary);
                }
                else if (count < buffer.Length)
                {
                    return output.ToArray();
                }
            }
        }
    }
}
