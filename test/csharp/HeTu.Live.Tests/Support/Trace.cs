#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace HeTu.LiveTests.Support
{
    /// <summary>Lines in the order in which they were told, to be awaited.</summary>
    internal sealed class Trace
    {
        private readonly List<string> lines = new List<string>();
        private readonly List<(Func<IReadOnlyList<string>, bool> Wished, TaskCompletionSource<bool> Reached)> waiting =
            new List<(Func<IReadOnlyList<string>, bool>, TaskCompletionSource<bool>)>();

        /// <summary>All so far.</summary>
        internal IReadOnlyList<string> Lines
        {
            get
            {
                lock (lines) return lines.ToArray();
            }
        }

        internal void Add(string line)
        {
            lock (lines)
            {
                lines.Add(line);
                foreach (var (_, reached) in waiting.Where(each => each.Wished(lines)).ToArray())
                {
                    reached.TrySetResult(true);
                    waiting.RemoveAll(each => each.Reached == reached);
                }
            }
        }

        /// <summary>Ends once this line has been told.</summary>
        internal Task HasAsync(string line) =>
            HasAsync(all => all[all.Count - 1] == line, all => all.Contains(line), line);

        /// <summary>Ends once so many lines have been told that are as wished.</summary>
        internal Task CountsAsync(int count, Func<string, bool> wished)
        {
            bool Enough(IReadOnlyList<string> all) => all.Count(wished) >= count;
            return HasAsync(Enough, Enough, $"{count} lines");
        }

        private Task HasAsync(
            Func<IReadOnlyList<string>, bool> later,
            Func<IReadOnlyList<string>, bool> now,
            string what)
        {
            var reached = Wait.Signal<bool>();
            lock (lines)
            {
                if (now(lines)) reached.TrySetResult(true);
                else waiting.Add((later, reached));
            }

            return reached.Task.Soon(what);
        }
    }
}
