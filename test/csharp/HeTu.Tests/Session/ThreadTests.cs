#nullable enable

using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Session
{
    public class ThreadTests
    {
        [Fact]
        public async Task Calls_from_many_threads_are_each_answered_with_their_own()
        {
            await using var client = Start();
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
            {
                for (var number = 0; number < 300; number++)
                {
                    var text = FormattableString.Invariant($"{thread}:{number}");
                    if (await client.Systems.EchoAsync(text) != text) return false;
                }

                return true;
            })));
            Assert.All(answers, Assert.True);
        }

        [Fact]
        public async Task A_client_may_be_closed_from_any_thread_while_others_call()
        {
            for (var round = 0; round < 50; round++)
            {
                var client = Start();
                var calling = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
                {
                    try
                    {
                        while (true) await client.Systems.EchoAsync("a");
                    }
                    catch (HetuException closed)
                    {
                        return closed is ConnectionClosedException || closed is OutcomeUnknownException;
                    }
                })));
                await client.ConnectedAsync();
                await Task.Run(client.Close);
                Assert.All(await calling, Assert.True);
            }
        }

        [Fact]
        public void A_full_inbox_makes_the_transport_wait_until_half_of_it_is_read()
        {
            var inbox = new Inbox();
            Task? room = null;
            var put = 0;
            for (; room == null; put++) room = inbox.Put(new byte[1 << 20], 1 << 20);
            Assert.Equal(9, put);
            for (var taken = 0; taken < 4; taken++) inbox.TryTake(out _);
            Assert.False(room.IsCompleted);
            inbox.TryTake(out _);
            Assert.True(room.IsCompleted);
            inbox.Put(new byte[16], 16);
            inbox.Close();
            Assert.False(inbox.TryTake(out _));
        }

        private static TinyClient Start() => new TinyClient(
            $"ws://test/{Guid.NewGuid()}",
            TinySchema.Plain,
            new HetuOptions { Loop = HetuLoop.ThreadPool, Transport = new AnsweringTransport(), MaxQueued = 10_000 });
    }
}
