#nullable enable

using System.Collections.Generic;

namespace HeTu.Tests.Wire
{
    /// <summary>Frames of both protocols to begin with.</summary>
    internal static class FrameSeeds
    {
        internal static IReadOnlyList<byte[]> All() => new[]
        {
            Frame("rsp", 5),
            Frame("rej", "move", "NotEnough", Map("need", 5)),
            Frame("err", "move", "INTERNAL"),
            Frame("sub", "Position.x[0:1:1][:10]", new object?[] { Map("id", 1), Map("id", 2) }),
            Frame("sub", null, System.Array.Empty<object?>()),
            Frame("updt", "Position.x[0:1:1][:10]", Map("1", Map("x", 1.5))),
            Frame("evt", "Shout", Map("text", "hello")),
            Frame("clock", 1_700_000_000_000),
            Frame(0, 1_700_000_000_000, Description(), new byte[16], 10_000, true),
            Frame(1, "a"),
            Frame(2, "FORBIDDEN", Map("reason", "no")),
            Frame(3, "INTERNAL"),
            Frame(4, 1, 2, new object?[] { new object?[] { 1, 2.5, "x" } }),
            Frame(5, 1, 2, new object?[] { new object?[] { new object?[] { 3, 1, 2.5, "x" } } }),
            Frame(6, "BAD_BOUND", "why"),
            Frame(7, 3, 1, new object?[] { System.Array.Empty<object?>(), System.Array.Empty<object?>(), new object?[] { 7 } }),
            Frame(8, "Shout", Map("text", "hello")),
            Frame(9, System.Array.Empty<object?>(), 5, new byte[8]),
            Frame(10, 1_700_000_000_000),
            Frame(11),
        };

        private static byte[] Frame(params object?[] parts)
        {
            var writer = new MessagePackWriter();
            UntypedValue.Write(writer, parts, "frame");
            return writer.ToArray();
        }

        private static Dictionary<string, object?> Map(string name, object? value) =>
            new Dictionary<string, object?> { [name] = value };

        private static object?[] Description() => new object?[]
        {
            new object?[] { new object?[] { "Position", new object?[] { new object?[] { "x", "f32" } }, new object?[] { "x" } } },
            new object?[] { new object?[] { "echo", new object?[] { "string" }, "string" } },
            new object?[] { new object?[] { "NotEnough", new object?[] { new object?[] { "need", "i64" } } } },
            new object?[] { new object?[] { "Shout", new object?[] { new object?[] { "text", "string" } } } },
        };
    }
}
