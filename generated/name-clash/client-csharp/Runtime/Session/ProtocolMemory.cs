#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <summary>Which servers did not speak hetu.2 when they were asked last, and which did. For all threads.</summary>
    internal sealed class ProtocolMemory
    {
        /// <summary>Of all clients of the process.</summary>
        internal static readonly ProtocolMemory Shared = new ProtocolMemory(SystemClock.Instance);

        /// <summary>How long a URL is known to be that of a server without hetu.2.</summary>
        private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

        /// <summary>
        /// Where hetu.2 was spoken, a server that is only down is more likely: so many attempts in a row must fail.
        /// </summary>
        private const int Doubts = 3;

        private readonly IClock clock;

        /// <summary>Until when URLs are known to fail when hetu.2 is offered there.</summary>
        private readonly Dictionary<string, TimeSpan> until = new Dictionary<string, TimeSpan>();

        /// <summary>Attempts that have failed since hetu.2 was spoken.</summary>
        private readonly Dictionary<string, int> failures = new Dictionary<string, int>();

        internal ProtocolMemory(IClock clock)
        {
            this.clock = clock;
        }

        /// <summary>Whether there is no use in offering hetu.2 there.</summary>
        internal bool SpeaksHetu1(string url)
        {
            lock (until)
            {
                if (!until.TryGetValue(url, out var end)) return false;
                if (clock.Now < end) return true;
                until.Remove(url);
                return false;
            }
        }

        /// <summary>The server was asked for hetu.2 and selected it, or was opened without.</summary>
        internal void Remember(string url, bool isHetu2)
        {
            lock (until)
            {
                if (isHetu2)
                {
                    until.Remove(url);
                    failures[url] = 0;
                }
                else
                {
                    until[url] = clock.Now + Remembered;
                    failures.Remove(url);
                }
            }
        }

        /// <summary>An attempt that offered hetu.2 has failed.</summary>
        /// <returns>Whether to try without it: it may be unknown there.</returns>
        internal bool Failed(string url)
        {
            lock (until)
            {
                if (!failures.TryGetValue(url, out var before)) return true;
                if (before + 1 < Doubts)
                {
                    failures[url] = before + 1;
                    return false;
                }

                failures.Remove(url);
                return true;
            }
        }
    }
}
