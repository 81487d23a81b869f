#nullable enable

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace HeTu.LiveTests.Support
{
    /// <summary>Exceptions of tasks that nobody has looked at, of the whole process.</summary>
    internal static class Unobserved
    {
        private static readonly ConcurrentQueue<string> Seen = new ConcurrentQueue<string>();

        /// <summary>Begins with the assembly, before any test.</summary>
        [ModuleInitializer]
        internal static void Listen() =>
            TaskScheduler.UnobservedTaskException += (_, happened) => Seen.Enqueue(happened.Exception.ToString());

        /// <summary>All so far: finalizers run first, which tell of them.</summary>
        internal static IReadOnlyList<string> Errors()
        {
            for (var round = 0; round < 3; round++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            return Seen.ToArray();
        }
    }
}
