#nullable enable

using System;
using System.Linq;
using System.Text;
using ICSharpCode.SharpZipLib.Zip.Compression;
using Xunit;

namespace HeTu.Tests.Layers
{
    public sealed class ZlibLayerTests
    {
        private static readonly byte[] Dictionary = Encoding.UTF8.GetBytes("Position\nid\nowner\nupdt\nx\ny");

        [Fact]
        public void EveryMessageOfAnyLengthComesOutWholeAtOnce()
        {
            using ILayerStream sender = new ZlibLayer().Finish(Dictionary);
            using ILayerStream receiver = new ZlibLayer().Finish(Dictionary);
            var random = new Random(1);
            foreach (int length in new[] { 0, 1, 2, 100, 4095, 4096, 4097, 65_535, 65_536, 300_000, 3, 0, 7 })
            {
                byte[] message = new byte[length];
                random.NextBytes(message);
                Assert.Equal(message, receiver.Decode(sender.Encode(message)).ToArray());
            }
        }

        [Fact]
        public void RepetitionAcrossMessagesIsCompressed()
        {
            using ILayerStream sender = new ZlibLayer().Finish(Dictionary);
            byte[] message = Enumerable.Range(0, 200).Select(at => (byte)(at * 7)).ToArray();
            int first = sender.Encode(message).Length;
            Assert.True(sender.Encode(message).Length < first / 4);
        }

        [Fact]
        public void TheDictionaryIsUsedFromTheFirstMessageOn()
        {
            using ILayerStream with = new ZlibLayer().Finish(Dictionary);
            using ILayerStream without = new ZlibLayer().Finish(ReadOnlySpan<byte>.Empty);
            Assert.True(with.Encode(Dictionary).Length < without.Encode(Dictionary).Length);
        }

        [Fact]
        public void AMessageThatIsPartOfALargerArrayIsReadAsThatPart()
        {
            using ILayerStream sender = new ZlibLayer().Finish(Dictionary);
            using ILayerStream receiver = new ZlibLayer().Finish(Dictionary);
            byte[] array = Encoding.UTF8.GetBytes("xxmessagexx");
            byte[] encoded = sender.Encode(array.AsMemory(2, 7)).ToArray();
            byte[] padded = new byte[encoded.Length + 8];
            encoded.CopyTo(padded, 4);
            ReadOnlyMemory<byte> decoded = receiver.Decode(padded.AsMemory(4, encoded.Length));
            Assert.Equal("message", Encoding.UTF8.GetString(decoded.Span));
        }

        [Theory]
        [InlineData(1)]
        [InlineData(4096)]
        [InlineData(5000)]
        [InlineData(100_000)]
        public void AMessageMayInflateToTheLimitAndToNotOneByteMore(int limit)
        {
            using ILayerStream sender = new ZlibLayer().Finish(Dictionary);
            using ILayerStream receiver = new ZlibLayer(limit).Finish(Dictionary);
            Assert.Equal(limit, receiver.Decode(sender.Encode(new byte[limit])).Length);
            Assert.Equal(limit, receiver.Decode(sender.Encode(new byte[limit])).Length);
            byte[] bomb = sender.Encode(new byte[limit + 1]).ToArray();
            Assert.Throws<WireException>(() => receiver.Decode(bomb));
        }

        [Fact]
        public void ABombDoesNotMakeItAllocateMoreThanTheLimit()
        {
            using ILayerStream sender = new ZlibLayer().Finish(Dictionary);
            byte[] bomb = sender.Encode(new byte[64 * 1024 * 1024]).ToArray();
            using ILayerStream receiver = new ZlibLayer(256 * 1024).Finish(Dictionary);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<WireException>(() => receiver.Decode(bomb));
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2 * 1024 * 1024);
        }

        [Fact]
        public void AStreamThatEndsIsAnError()
        {
            var deflater = new Deflater();
            deflater.SetDictionary(Dictionary);
            deflater.SetInput(new byte[10]);
            deflater.Finish();
            byte[] bytes = new byte[100];
            int length = deflater.Deflate(bytes);
            using ILayerStream receiver = new ZlibLayer().Finish(Dictionary);
            Assert.Throws<WireException>(() => receiver.Decode(bytes.AsMemory(0, length)));
        }

        [Theory]
        [InlineData("ffffffff")]
        [InlineData("789c")]
        [InlineData("00")]
        public void WhatIsNoZlibStreamWithThisDictionaryIsAnErrorOrYieldsNothing(string hex)
        {
            using ILayerStream receiver = new ZlibLayer().Finish(ReadOnlySpan<byte>.Empty);
            byte[] message = Convert.FromHexString(hex);
            Exception? error = Record.Exception(() => Assert.Equal(0, receiver.Decode(message).Length));
            Assert.True(error is null or WireException);
        }

        [Fact]
        public void RandomChangesOfAMessageNeverThrowAnythingElse()
        {
            var random = new Random(2);
            byte[] text = Encoding.UTF8.GetBytes(
                string.Concat(Enumerable.Range(0, 60).Select(at => $"updt Position {at * 7919}")));
            for (int round = 0; round < 1000; round++)
            {
                using ILayerStream sender = new ZlibLayer().Finish(Dictionary);
                using ILayerStream receiver = new ZlibLayer(10_000).Finish(Dictionary);
                byte[] message = sender.Encode(text).ToArray();
                for (int change = 0; change < 1 + (round % 4); change++)
                {
                    message[random.Next(message.Length)] = (byte)random.Next(256);
                }

                Exception? error = Record.Exception(() => Assert.InRange(receiver.Decode(message).Length, 0, 10_000));
                Assert.True(error is null or WireException, error?.ToString());
            }
        }

        [Fact]
        public void ALimitBelowOneIsRefusedWhereItIsGiven()
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => ZlibLayer.Factory(0));
        }
    }
}
