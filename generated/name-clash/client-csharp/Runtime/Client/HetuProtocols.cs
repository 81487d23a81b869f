#nullable enable

using System;

namespace HeTu
{
    /// <summary>Which protocols a client may speak.</summary>
    [Flags]
    public enum HetuProtocols
    {
        /// <summary>That of every HeTu server.</summary>
        Hetu1 = 1,

        /// <summary>Ours: rows without names, updates of single columns, resume.</summary>
        Hetu2 = 2,

        /// <summary>hetu.2 where the server speaks it, else hetu.1.</summary>
        Automatic = Hetu1 | Hetu2,
    }
}
