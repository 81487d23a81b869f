#nullable enable

using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace HeTu.Tests.Layers
{
    public sealed class CryptoLayerTests
    {
        private static readonly byte[] ServerPublicKey = new CryptoLayer().Hello();

        [Fact]
        public void EveryConnectionHasKeysOfItsOwn()
        {
            Func<ILayer> factory = CryptoLayer.Factory();
            Assert.NotEqual(factory().Hello(), factory().Hello());
        }

        [Fact]
        public void TheUnsignedHelloIsThePublicKeyAlone()
        {
            Assert.Equal(32, new CryptoLayer().Hello().Length);
        }

        [Fact]
        public void TheSignedHelloHoldsKeyTimeNonceAndTheHmacOfThemAll()
        {
            long before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            byte[] hello = new CryptoLayer("ключ").Hello();
            Assert.Equal(92, hello.Length);
            Assert.Equal("H2A1", Encoding.ASCII.GetString(hello, 0, 4));
            long time = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(hello.AsSpan(36));
            Assert.InRange(time, before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            byte[] expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes("ключ"), hello.AsSpan(0, 60));
            Assert.Equal(expected, hello.Skip(60));
        }

        [Fact]
        public void TwoSignedHellosHaveDifferentNonces()
        {
            Func<ILayer> factory = CryptoLayer.Factory("secret");
            Assert.NotEqual(factory().Hello().Skip(44).Take(16), factory().Hello().Skip(44).Take(16));
        }

        [Fact]
        public void TheSameMessageNeverLooksTheSame()
        {
            using ILayerStream stream = Connected();
            byte[] message = { 1, 2, 3 };
            Assert.NotEqual(stream.Encode(message).ToArray(), stream.Encode(message).ToArray());
        }

        [Fact]
        public void WhatAClientSealsIsNotTakenForWhatAServerSealed()
        {
            using ILayerStream stream = Connected();
            byte[] message = stream.Encode(new byte[] { 1, 2, 3 }).ToArray();
            Assert.Throws<WireException>(() => stream.Decode(message));
        }

        [Fact]
        public void AnEmptyMessageIsItsTag()
        {
            using ILayerStream stream = Connected();
            Assert.Equal(16, stream.Encode(ReadOnlyMemory<byte>.Empty).Length);
        }

        [Fact]
        public void AHandshakeIsFinishedOnceAndAfterItsHello()
        {
            var layer = new CryptoLayer();
            Assert.Throws<InvalidOperationException>(() => layer.Finish(ServerPublicKey));
            layer.Hello();
            layer.Finish(ServerPublicKey).Dispose();
            Assert.Throws<InvalidOperationException>(() => layer.Finish(ServerPublicKey));
        }

        [Fact]
        public void AnEmptySecretIsRefusedWhereItIsGiven()
        {
            Assert.Throws<ArgumentException>(() => CryptoLayer.Factory(""));
        }

        private static ILayerStream Connected()
        {
            var layer = new CryptoLayer();
            layer.Hello();
            return layer.Finish(ServerPublicKey);
        }
    }
}
