#nullable enable

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HeTu.Tests.Session;
using Xunit;

namespace HeTu.Tests.Loop
{
    public class LoopTests
    {
        [Fact]
        public async Task A_thread_pool_loop_runs_one_thing_at_a_time_in_the_order_of_each_poster()
        {
            var loop = new ThreadPoolLoop(SystemClock.Instance);
            var running = 0;
            var overlapped = false;
            var seen = new ConcurrentQueue<(int Poster, int Number)>();
            var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(poster => Task.Run(() =>
            {
                for (var number = 0; number < 500; number++)
                {
                    var posted = number;
                    loop.Post(() =>
                    {
                        if (Interlocked.Increment(ref running) > 1) overlapped = true;
                        seen.Enqueue((poster, posted));
                        Interlocked.Decrement(ref running);
                    });
                }
            })));
            loop.Post(() => done.SetResult(true));
            await done.Task;
            Assert.False(overlapped);
            foreach (var each in seen.GroupBy(entry => entry.Poster))
            {
                Assert.Equal(Enumerable.Range(0, 500), each.Select(entry => entry.Number));
            }
        }

        [Fact]
        public async Task A_thread_pool_loop_sees_no_async_local_values_of_who_posts_or_sets_timers()
        {
            var loop = new ThreadPoolLoop(SystemClock.Instance);
            var request = new AsyncLocal<string?> { Value = "of the caller" };
            var seen = new List<string?>();
            var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Post(() => seen.Add(request.Value));
            loop.SetTimer(TimeSpan.Zero, () =>
            {
                seen.Add(request.Value);
                done.SetResult(true);
            });
            await done.Task;
            Assert.Equal(new string?[] { null, null }, seen);
        }

        [Fact]
        public void A_pump_runs_what_was_posted_at_the_tick_and_afterwards_calls_of_its_thread_at_once()
        {
            var loop = new PumpLoop(new ManualClock(), false);
            var seen = new List<string>();
            loop.Run(() => seen.Add("posted"));
            Assert.Empty(seen);
            loop.Tick();
            loop.Run(() => seen.Add("at once"));
            Assert.Equal(new[] { "posted", "at once" }, seen);
        }

        [Fact]
        public async Task A_pump_leaves_what_other_threads_ask_for_to_the_next_tick()
        {
            var loop = new PumpLoop(new ManualClock(), false);
            var tick = Task.Factory.StartNew(loop.Tick, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await tick;
            var seen = 0;
            loop.Run(() => seen++);
            Assert.Equal(0, seen);
            loop.Tick();
            Assert.Equal(1, seen);
        }

        [Fact]
        public void A_pump_drives_its_timers_by_the_tick_in_the_order_of_their_time()
        {
            var clock = new ManualClock();
            var loop = new PumpLoop(clock, true);
            var seen = new List<int>();
            loop.SetTimer(TimeSpan.FromMilliseconds(20), () => seen.Add(20));
            loop.SetTimer(TimeSpan.FromMilliseconds(10), () =>
            {
                seen.Add(10);
                loop.Tick();
            });
            loop.SetTimer(TimeSpan.FromMilliseconds(10), () => seen.Add(11));
            var cancelled = loop.SetTimer(TimeSpan.FromMilliseconds(15), () => seen.Add(15));
            cancelled.Dispose();
            loop.Tick();
            Assert.Empty(seen);
            clock.Advance(20);
            loop.Tick();
            Assert.Equal(new[] { 10, 11, 20 }, seen);
        }

        [Fact]
        public void A_tick_inside_of_a_tick_does_nothing()
        {
            var loop = new PumpLoop(new ManualClock(), false);
            var seen = new List<string>();
            loop.Post(() =>
            {
                loop.Post(() => seen.Add("second"));
                loop.Tick();
                seen.Add("first");
            });
            loop.Tick();
            Assert.Equal(new[] { "first", "second" }, seen);
        }

        [Fact]
        public void A_context_loop_runs_in_its_context()
        {
            var context = new QueueContext();
            var loop = new ContextLoop(context, SystemClock.Instance);
            var seen = new List<string>();
            loop.Run(() => seen.Add("posted"));
            Assert.Empty(seen);
            context.RunAll();
            Assert.Equal(new[] { "posted" }, seen);
            context.Within(() => loop.Run(() => seen.Add("at once")));
            Assert.Equal(new[] { "posted", "at once" }, seen);
        }

        [Fact]
        public void A_tick_with_nothing_to_do_allocates_nothing()
        {
            var loop = new PumpLoop(new ManualClock(), true);
            loop.SetTimer(TimeSpan.FromSeconds(20), () => { });
            loop.Tick();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var frame = 0; frame < 1_000; frame++) loop.Tick();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        [Fact]
        public void A_context_loop_goes_on_after_an_action_that_ran_the_messages_of_its_context()
        {
            var context = new QueueContext();
            var loop = new ContextLoop(context, SystemClock.Instance);
            var seen = new List<string>();
            context.Within(() => loop.Run(() =>
            {
                loop.Post(() => seen.Add("posted inside"));
                // As a dialog does.
                context.RunAll();
                seen.Add("inside");
            }));
            context.RunAll();
            Assert.Equal(new[] { "inside", "posted inside" }, seen);
            loop.Post(() => seen.Add("later"));
            context.RunAll();
            Assert.Equal("later", seen[2]);
        }

        [Fact]
        public async Task A_loop_whose_context_has_ended_still_runs_what_is_left()
        {
            var loop = new ContextLoop(new EndedContext(), SystemClock.Instance);
            var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Post(() => done.SetResult(true));
            Assert.True(await done.Task);
        }

        [Fact]
        public void An_action_that_throws_does_not_end_the_loop()
        {
            var loop = new PumpLoop(new ManualClock(), false);
            var errors = new List<Exception>();
            var seen = 0;
            loop.OnError = errors.Add;
            loop.Post(() => throw new InvalidOperationException("mine"));
            loop.Post(() => seen++);
            loop.Tick();
            Assert.Equal("mine", Assert.Single(errors).Message);
            Assert.Equal(1, seen);
        }

        [Fact]
        public void A_client_that_demands_a_context_where_there_is_none_is_refused()
        {
            var context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                Assert.Throws<InvalidOperationException>(
                    () => HeTu.Loops.Choose(new HetuOptions { Loop = HetuLoop.SynchronizationContext }));
                Assert.IsType<ThreadPoolLoop>(HeTu.Loops.Choose(new HetuOptions()));
                SynchronizationContext.SetSynchronizationContext(new QueueContext());
                Assert.IsType<ContextLoop>(HeTu.Loops.Choose(new HetuOptions()));
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(context);
            }
        }
    }
}
