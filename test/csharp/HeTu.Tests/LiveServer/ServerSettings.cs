#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu.Tests.LiveServer
{
    /// <summary>What a <see cref="ServerProcess"/> is started with.</summary>
    public sealed class ServerSettings
    {
        /// <summary>The server's code, from the folder of the project.</summary>
        public string Entry { get; set; } = "test/runtime/cli/world-entry.ts";

        /// <summary>Options of <c>hetu start</c>, such as <c>--hetu1 jsonb,zlib</c>.</summary>
        public IReadOnlyList<string> Arguments { get; set; } = Array.Empty<string>();

        /// <summary>Variables of the environment, such as <c>HETU_WIRE_SECRET</c>.</summary>
        public IReadOnlyDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>();
    }
}
