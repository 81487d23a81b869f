#nullable enable

using System;
using System.Linq;

namespace HeTu.Tests.Live
{
    /// <summary>Writes deltas of hetu.2.</summary>
    internal static class Delta
    {
        internal static FrameWriter Of(
            FrameWriter[]? updates = null,
            FrameWriter[]? inserts = null,
            long[]? deletes = null) =>
            LiveHarness.List(
                LiveHarness.List(updates ?? Array.Empty<FrameWriter>()),
                LiveHarness.List(inserts ?? Array.Empty<FrameWriter>()),
                LiveHarness.List((deletes ?? Array.Empty<long>()).Select(Number).ToArray()));

        internal static FrameWriter Update(uint mask, long id, params long[] values) =>
            LiveHarness.List(new[] { Number(mask), Number(id) }.Concat(values.Select(Number)).ToArray());

        internal static FrameWriter Number(long value) => writer => writer.WriteInt64(value);
    }
}
