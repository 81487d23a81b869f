#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// The server runs another schema than this client was built from, and they differ in something that was used.
    /// </summary>
    public sealed class SchemaMismatchException : HetuException
    {
        private readonly string problem;

        /// <summary>Made by the client and by generated code.</summary>
        /// <param name="path">The place, as the schema calls it: <c>Position.zone</c>.</param>
        /// <param name="problem">What is wrong with it, as the rest of the sentence.</param>
        public SchemaMismatchException(string path, string problem)
            : base(
                "SCHEMA_MISMATCH",
                $"{(path.Length == 0 ? "a value" : path)} {problem}: the server runs another version of the schema; " +
                    "build the client again")
        {
            Path = path;
            this.problem = problem;
        }

        /// <summary>The place, as the schema calls it: <c>Position.zone</c>.</summary>
        public string Path { get; }

        /// <summary>The same inside of something else: <c>zone</c> becomes <c>Position.zone</c>.</summary>
        /// <param name="outer">What the path begins with then.</param>
        public SchemaMismatchException Inside(string outer) => new SchemaMismatchException(Paths.Join(outer, Path), problem);
    }
}
