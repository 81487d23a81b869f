#nullable enable

using System;
using System.Threading.Tasks;
using HeTu.Walking;

namespace HeTu.AotCheck
{
    /// <summary>
    /// Walks: logs in, sees itself, moves, sees that it moved, hears its own shout, is refused a name that is taken.
    /// Prints <c>walked</c> and ends with 0; with 1 and the reason otherwise.
    /// </summary>
    internal static class Program
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        private static async Task<int> Main(string[] arguments)
        {
            if (arguments.Length != 1)
            {
                await Console.Error.WriteLineAsync("usage: AotCheck ws://127.0.0.1:2466/hetu/walking");
                return 2;
            }

            try
            {
                await WalkAsync(arguments[0]).WaitAsync(Patience);
                Console.WriteLine("walked");
                return 0;
            }
            catch (Exception problem)
            {
                await Console.Error.WriteLineAsync(problem.ToString());
                return 1;
            }
        }

        private static async Task WalkAsync(string url)
        {
            long user = 0;
            await using var client = new WalkingClient(
                url,
                async session => user = await session.Systems.LoginAsync("the token of Ada", "Ada", Team.Blue));

            var heard = new TaskCompletionSource<Shout>();
            using var shouts = client.Events.On<Shout>(shout => heard.TrySetResult(shout));
            using var me = await client.Query<Position>().Where(Position.Index.Name, "Ada").SingleAsync();
            Expect(me.Row != null && me.Row.Owner == user && me.Row.Team == Team.Blue, $"to see itself, not {me.Row}");

            var moved = new TaskCompletionSource<(Position Old, Position New)>();
            me.OnUpdate += (old, row) => moved.TrySetResult((old, row));
            await client.Systems.MoveToAsync(12.5f, 40f);
            var (before, after) = await moved.Task;
            Expect(after.X == 12.5f && after.Y == 40f && !after.Equals(before), $"to have moved, not {after}");

            using var near = await client.Query<Position>()
                .Range(Position.Index.X, 0f, Bound.Exclusive(13f))
                .Limit(10)
                .SubscribeAsync();
            Expect(near.Rows.Count == 1, $"one row near, not {near.Rows.Count}");
            var page = await client.Query<Walk>().Range(Walk.Index.Steps).Descending().FetchAsync();
            Expect(page.Rows.Count == 1, $"one walk, not {page.Rows.Count}");

            await client.Systems.ShoutAsync("Hello!");
            Expect((await heard.Task).Equals(new Shout(user, "Hello!")), "to hear itself");
            Expect(await IsRefusedAsync(url), "to be refused the name of another");
        }

        private static async Task<bool> IsRefusedAsync(string url)
        {
            await using var other = new WalkingClient(url);
            try
            {
                await other.Systems.LoginAsync("the token of another", "Ada", Team.Red);
                return false;
            }
            catch (NameTakenException taken)
            {
                return taken.Wanted == "Ada";
            }
        }

        private static void Expect(bool isTrue, string what)
        {
            if (!isTrue) throw new InvalidOperationException($"expected {what}");
        }
    }
}
