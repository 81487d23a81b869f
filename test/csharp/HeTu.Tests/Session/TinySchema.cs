#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu.Tests.Session
{
    /// <summary>A namespace as generated code would have it, with one of each kind.</summary>
    internal static class TinySchema
    {
        internal static readonly Callable<string> Echo =
            new Callable<string>("echo", 0, false, (ref MessagePackReader reader) => reader.ReadString());

        internal static readonly Callable<long> Login =
            new Callable<long>("login", 1, false, (ref MessagePackReader reader) => reader.ReadInt64());

        internal static readonly Callable MoveTo = new Callable("move_to", 2);

        internal static readonly Callable<long> Buy =
            new Callable<long>("buy", 3, true, (ref MessagePackReader reader) => reader.ReadInt64());

        internal static readonly ErrorSpec NotEnough = new ErrorSpec("NotEnough", 0, ReadNotEnough);

        internal static readonly EventSpec<Shout> Shout = new EventSpec<Shout>("Shout", 0, ShoutType.Instance.Read);

        private static readonly string Fingerprint = new string('a', 64);

        /// <summary>Without a system that is <c>@once</c>: hetu.1 needs no clock.</summary>
        internal static Schema Plain { get; } = Make(Echo, Login, MoveTo);

        internal static Schema WithOnce { get; } = Make(Echo, Login, MoveTo, Buy);

        /// <summary>The description as a server sends it.</summary>
        internal static object?[] Described(params object?[] callables) => new object?[]
        {
            Array.Empty<object?>(),
            callables,
            new object?[] { new object?[] { "NotEnough", new object?[] { new object?[] { "need", "i64" } } } },
            new object?[] { new object?[] { "Shout", new object?[] { new object?[] { "text", "i32" } } } },
        };

        private static Schema Make(params Callable[] callables) => new Schema(
            "tiny",
            Fingerprint,
            new WireDescription(
                Array.Empty<DescribedComponent>(),
                new[]
                {
                    new DescribedCallable("echo", new[] { "string" }, "string"),
                    new DescribedCallable("login", new[] { "i64" }, "i64"),
                    new DescribedCallable("move_to", new[] { "f32", "bool" }, ""),
                    new DescribedCallable("buy", new[] { "i32" }, "i64"),
                },
                new[] { new DescribedMessage("NotEnough", new[] { new DescribedField("need", "i64") }) },
                new[] { new DescribedMessage("Shout", new[] { new DescribedField("text", "string") }) }),
            Array.Empty<KeyValuePair<Type, ComponentType>>(),
            callables,
            new[] { NotEnough },
            new EventSpec[] { Shout });

        private static CallRejectedException ReadNotEnough(string system, ref MessagePackReader fields)
        {
            var count = fields.ReadMapHeader();
            for (var at = 0; at < count; at++)
            {
                if (fields.ReadString() == "need") return new NotEnoughException(system, fields.ReadInt64("need"));
                fields.Skip();
            }

            throw new SchemaMismatchException("need", "did not come");
        }
    }
}
