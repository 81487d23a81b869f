#nullable enable

using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HeTu.LiveTests.Support;
using HeTu.Tests.LiveServer;
using HeTu.World;
using Xunit;

namespace HeTu.LiveTests
{
    /// <summary>Where handlers run while two other clients write as fast as they can, and the link is cut.</summary>
    public class ThreadTests
    {
        private const int Enough = 400;

        [Fact]
        public async Task In_pump_mode_all_handlers_run_on_the_thread_that_ticks_while_it_ticks()
        {
            await using var world = await BusyWorld.StartAsync();
            var options = Wire.Of("hetu.2").Options();
            options.Loop = HetuLoop.Pump;
            // A thread that ticks, as a game's main thread does.
            var handlers = new Handlers();
            var pumped = Wait.Signal<int>();
            var thread = new Thread(() =>
            {
                try
                {
                    handlers.Thread = Environment.CurrentManagedThreadId;
                    var client = new WorldClient(world.Url, handlers.LogInAsync, options);
                    handlers.Attach(client);
                    while (!handlers.AreDone)
                    {
                        handlers.IsTicking = true;
                        client.Tick();
                        handlers.IsTicking = false;
                        if (handlers.MayBeCut) world.CutOnce();
                        Thread.Yield();
                    }

                    // What the thread that ticks does itself may be told at once.
                    handlers.IsTicking = true;
                    client.Dispose();
                    pumped.SetResult(handlers.Count);
                }
                catch (Exception error)
                {
                    pumped.SetException(error);
                }
            });
            handlers.MustTick = true;
            thread.Start();
            await pumped.Task.Soon();
            Assert.Empty(handlers.Mistakes);
        }

        [Fact]
        public async Task With_a_synchronization_context_all_handlers_and_continuations_run_on_its_thread()
        {
            await using var world = await BusyWorld.StartAsync();
            using var thread = new OneThread();
            var handlers = new Handlers { Thread = thread.Id };
            await thread.RunAsync(async () =>
            {
                await using var client = new WorldClient(world.Url, handlers.LogInAsync, WithLoop(HetuLoop.Automatic));
                handlers.Attach(client);
                for (var call = 0; !handlers.AreDone; call++)
                {
                    await client.ConnectedAsync();
                    if (handlers.MayBeCut) world.CutOnce();
                    try
                    {
                        await client.Systems.EchoAsync($"call {call}");
                    }
                    catch (OutcomeUnknownException)
                    {
                        // The link was cut.
                    }

                    handlers.Note("a continuation");
                }
            }).Soon("enough changes");
            Assert.Empty(handlers.Mistakes);
        }

        [Fact]
        public async Task On_the_thread_pool_handlers_run_one_at_a_time_and_calls_may_come_from_any_thread()
        {
            await using var world = await BusyWorld.StartAsync();
            var handlers = new Handlers();
            await using var client = new WorldClient(world.Url, handlers.LogInAsync, WithLoop(HetuLoop.ThreadPool));
            handlers.Attach(client);
            var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
            {
                for (var call = 0; !handlers.AreDone; call++)
                {
                    if (handlers.MayBeCut) world.CutOnce();
                    try
                    {
                        var text = $"{caller} {call}";
                        var answer = await client.Systems.EchoAsync(text);
                        if (answer != text) handlers.Mistakes.Enqueue("the answer of another call");
                    }
                    catch (OutcomeUnknownException)
                    {
                        // The link was cut.
                    }

                    var some = client.Query<Account>().Range(Account.Index.Number, 0, call);
                    using var query = await some.SubscribeAsync();
                }
            })).ToArray();
            await Task.WhenAll(callers).Soon("enough changes");
            Assert.Empty(handlers.Mistakes);
        }

        private static HetuOptions WithLoop(HetuLoop loop)
        {
            var options = Wire.Of("hetu.2").Options();
            options.Loop = loop;
            return options;
        }

        /// <summary>Every kind of handler; notes where each runs.</summary>
        private sealed class Handlers
        {
            private int inside;
            private int changes;
            private int resyncs;
            private int count;

            /// <summary>Where they must run; 0: anywhere, one at a time.</summary>
            internal int Thread { get; set; }

            /// <summary>Whether they must run within <c>Tick</c>.</summary>
            internal bool MustTick { get; set; }

            internal bool IsTicking { get; set; }

            internal ConcurrentQueue<string> Mistakes { get; } = new ConcurrentQueue<string>();

            internal int Count => Volatile.Read(ref count);

            /// <summary>Half of the changes before the link is cut, half after.</summary>
            internal bool MayBeCut => Volatile.Read(ref changes) > Enough / 2;

            internal bool AreDone => Volatile.Read(ref changes) > Enough && Volatile.Read(ref resyncs) > 0;

            internal async Task LogInAsync(WorldBootstrap bootstrap)
            {
                Note("bootstrap");
                await bootstrap.Systems.LoginAsync(9);
            }

            internal void Attach(WorldClient client)
            {
                client.OnConnection += _ => Note("OnConnection");
                client.Events.On<Shout>(_ => Note("an event"));
                client.Query<Position>().Range(Position.Index.X).Subscribe(Listen);
                client.Query<Account>().Range(Account.Index.Number).Subscribe(Listen);
            }

            internal void Note(string what)
            {
                if (Interlocked.Increment(ref inside) != 1) Mistakes.Enqueue($"{what} ran beside another handler");
                var isElsewhere = Thread != 0 && Environment.CurrentManagedThreadId != Thread;
                if (isElsewhere) Mistakes.Enqueue($"{what} ran on another thread");
                if (MustTick && !IsTicking) Mistakes.Enqueue($"{what} ran outside of Tick");
                count++;
                System.Threading.Thread.Yield();
                Interlocked.Decrement(ref inside);
            }

            private void Listen<TRow>(LiveRange<TRow> range)
                where TRow : class, IRow
            {
                range.OnInsert += _ => Note("OnInsert");
                range.OnUpdate += (_, _) => Note("OnUpdate");
                range.OnDelete += _ => Note("OnDelete");
                range.OnStale += () => Note("OnStale");
                range.OnChange += batch =>
                {
                    Note("OnChange");
                    Volatile.Write(ref changes, changes + batch.Count);
                };
                range.OnResynced += () =>
                {
                    Note("OnResynced");
                    Volatile.Write(ref resyncs, resyncs + 1);
                };
            }
        }

        /// <summary>A server behind a proxy, with two clients that do not stop writing.</summary>
        private sealed class BusyWorld : IAsyncDisposable
        {
            private readonly ServerProcess server;
            private readonly CuttableProxy proxy;
            private readonly CSharpPlayer[] players;
            private readonly Task writing;
            private volatile bool stopping;
            private int cuts;

            private BusyWorld(ServerProcess server)
            {
                this.server = server;
                proxy = CuttableProxy.Start(server.Port);
                players = new[] { 1, 2 }
                    .Select(user => new CSharpPlayer(server.Url, user, Wire.Of("hetu.2").Options()))
                    .ToArray();
                writing = Task.WhenAll(players.Select(WriteAsync));
            }

            internal string Url => proxy.Url;

            internal static async Task<BusyWorld> StartAsync() => new BusyWorld(await Wire.Of("hetu.2").ServeAsync());

            internal void CutOnce()
            {
                if (Interlocked.Exchange(ref cuts, 1) == 0) proxy.Cut();
            }

            public async ValueTask DisposeAsync()
            {
                stopping = true;
                try
                {
                    await writing.Soon();
                    foreach (var player in players) await player.DisposeAsync();
                    await proxy.DisposeAsync();
                }
                finally
                {
                    await server.DisposeAsync();
                }
            }

            private async Task WriteAsync(CSharpPlayer player)
            {
                for (var at = 0; !stopping; at++)
                {
                    try
                    {
                        await Task.WhenAll(
                            player.MoveToAsync(at % 7 - 1, at),
                            player.TransferAsync(player.User, 3, 1),
                            player.ShoutAsync("hey"));
                    }
                    catch (CallRejectedException error) when (error.Code == "RATE_LIMITED")
                    {
                        // As fast as it can may be faster than the schema allows.
                    }
                }
            }
        }
    }
}
