#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// Layers between the frames and the socket, as the server has them configured, <c>jsonb</c> left out. Each factory
    /// makes one layer for one connection.
    /// </summary>
    public sealed class LayerOptions
    {
        /// <summary>For connections that speak hetu.1; in the order of the server's configuration.</summary>
        public IReadOnlyList<Func<ILayer>> Hetu1 { get; set; } = Array.Empty<Func<ILayer>>();

        /// <summary>For connections that speak hetu.2; in the order of the server's configuration.</summary>
        public IReadOnlyList<Func<ILayer>> Hetu2 { get; set; } = Array.Empty<Func<ILayer>>();
    }
}
