#nullable enable

using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Xunit;

namespace HeTu.Tests.Live
{
    public class LiveLeakTests
    {
        private readonly LiveHarness live = new LiveHarness { WarnsOfLeaks = true };

        [Fact]
        public void A_query_that_is_forgotten_is_reported_and_ended()
        {
            Forget(live, null);
            live.Subscribed("A1");
            CollectUntilWarned();
            Assert.Equal(
                new[] { "a live query of Account.number became garbage without Dispose(); it has been ended" },
                live.Warnings);
            Assert.Equal("[unsub A1]", live.Link.TakeSent()[^1]);
        }

        [Fact]
        public void A_query_that_is_forgotten_and_still_calls_handlers_is_reported_and_goes_on()
        {
            var told = new List<int>();
            Forget(live, told);
            live.Subscribed("A1");
            CollectUntilWarned();
            Assert.EndsWith("still calls its handlers: keep it, and Dispose() it", live.Warnings[0]);
            live.Updated("A1", (1, new Account(1, 4)));
            Assert.Equal(new[] { 4 }, told);
        }

        [Fact]
        public void A_query_that_somebody_observes_is_not_garbage()
        {
            var seen = new List<int>();
            var observed = Observe(live, seen);
            live.Subscribed("A1");
            GC.Collect();
            GC.WaitForPendingFinalizers();
            live.Tick();
            live.Updated("A1", (1, new Account(1, 4)));
            Assert.Equal(new[] { 4 }, seen);
            Assert.Empty(live.Warnings);
            observed.Dispose();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Forget(LiveHarness live, List<int>? told)
        {
            var range = live.ByNumber.Subscribe();
            if (told != null) range.OnInsert += row => told.Add(row.Number);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static IDisposable Observe(LiveHarness live, List<int> seen) =>
            live.ByNumber.Subscribe().Subscribe(change => seen.Add(change.Latest.Number));

        private void CollectUntilWarned()
        {
            while (live.Warnings.Count == 0)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                live.Tick();
            }
        }
    }
}
