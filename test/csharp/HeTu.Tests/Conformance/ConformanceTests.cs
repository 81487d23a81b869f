#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
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

        [Theory]
        [MemberData(nameof(AllCases))]
        public async Task EveryCaseHolds(string path, int number, string name)
        {
            JsonElement vector = Vectors.Cases(path)[number];
            Assert.Equal(name, vector.GetProperty("name").GetString());
            switch (Vectors.Kind(path))
            {
                case "handshake":
                    HandshakeRunner.Run(vector);
                    break;
                case "handshake-failure":
                    HandshakeRunner.RunFailure(vector);
                    break;
                default:
                    throw new NotSupportedException($"{path} is of the kind {Vectors.Kind(path)}, which is not known here");
            }

            await Task.CompletedTask;
        }

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
