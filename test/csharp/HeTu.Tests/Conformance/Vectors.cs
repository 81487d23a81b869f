#nullable enable

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace HeTu.Tests.Conformance
{
    /// <summary>The files of test/conformance/vectors; README.md there explains them.</summary>
    internal static class Vectors
    {
        private static readonly string Folder = Locate();

        private static readonly Dictionary<string, JsonElement> Files = Directory
            .EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
            .Where(path => path != "index.json")
            .OrderBy(path => path, StringComparer.Ordinal)
            .ToDictionary(path => path, Parse);

        /// <summary>Paths of all files, sorted.</summary>
        public static IEnumerable<string> Paths => Files.Keys;

        /// <summary>How many cases each file has, as the recorder has counted them.</summary>
        public static Dictionary<string, int> Index =>
            Parse("index.json").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32());

        public static JsonElement File(string path) => Files[path];

        public static string Kind(string path) => File(path).GetProperty("kind").GetString()!;

        public static JsonElement[] Cases(string path) => File(path).GetProperty("cases").EnumerateArray().ToArray();

        public static string[] Strings(JsonElement array) =>
            array.EnumerateArray().Select(element => element.GetString()!).ToArray();

        public static string? OptionalString(JsonElement element, string name) =>
            element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

        private static JsonElement Parse(string path)
        {
            using FileStream stream = System.IO.File.OpenRead(Path.Combine(Folder, path));
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.Clone();
        }

        private static string Locate([CallerFilePath] string source = "") =>
            Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../../conformance/vectors"));
    }
}
