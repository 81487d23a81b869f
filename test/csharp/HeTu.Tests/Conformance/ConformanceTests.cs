#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HeTu.World;
using Xunit;

namespace HeTu.Tests.Conformance
{
    /// <summary>Runs all vectors against the C# client of the fixture schema.</summary>
    public sealed class ConformanceTests
    {
        /// <summary>Path, number and name of every case of every file.</summary>
        public static IEnumerable<object[]> AllCases =>
            Vectors.Paths.SelectMany(path => Vectors.Cases(path).Select(
                (vector, number) => new object[] { path, number, vector.GetProperty("name").GetString()! }));

        /// <summary>Paths of the files whose cases are one connection.</summary>
        public static IEnumerable<object[]> Connections =>
            Vectors.Paths.Where(path => Vectors.Kind(path) == "frames").Select(path => new object[] { path });

        [Theory]
        [MemberData(nameof(AllCases))]
        public void EveryCaseHolds(string path, int number, string name)
        {
            JsonElement vector = Vectors.Cases(path)[number];
            Assert.Equal(name, vector.GetProperty("name").GetString());
            switch (Vectors.Kind(path))
            {
                case "schema":
                    Assert.Equal(VectorSchema.Fingerprint, WorldSchema.Instance.Fingerprint);
                    break;
                case "handshake":
                    HandshakeRunner.Run(vector);
                    break;
                case "handshake-failure":
                    HandshakeRunner.RunFailure(vector);
                    break;
                case "client-stream":
                    HandshakeRunner.RunStream(vector);
                    break;
                case "frames":
                    FramesRunner.RunMeaning(Vectors.File(path), vector);
                    break;
                case "view":
                    ViewRunner.Run(vector);
                    break;
                case "session":
                    SessionRunner.Run(vector);
                    break;
                default:
                    throw new NotSupportedException($"{path} is of the kind {Vectors.Kind(path)}, which is not known here");
            }
        }

        [Theory]
        [MemberData(nameof(Connections))]
        public void EveryFrameComesThroughEverySetOfLayers(string path) => FramesRunner.RunLayers(Vectors.File(path));

        [Fact]
        public void EveryCaseOfEveryFileIsRun()
        {
            Dictionary<string, int> run = AllCases
                .GroupBy(data => (string)data[0])
                .ToDictionary(file => file.Key, file => file.Count());
            Assert.Equal(
                Vectors.Index.OrderBy(file => file.Key, StringComparer.Ordinal),
                run.OrderBy(file => file.Key, StringComparer.Ordinal));
        }
    }
}
