#nullable enable

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HeTu.World;

namespace HeTu.LiveTests.Support
{
    /// <summary>A player with the client that is tested.</summary>
    internal sealed class CSharpPlayer : IPlayer
    {
        private readonly ConcurrentQueue<string> surprises = new ConcurrentQueue<string>();
        private LiveRange<Position>? positions;
        private LiveRange<Account>? accounts;
        private LiveRange<Inventory>? slots;

        internal CSharpPlayer(string url, int user, HetuOptions options)
        {
            User = user;
            Client = new WorldClient(url, LogInAsync, options);
            Client.OnError += error => surprises.Enqueue(error.ToString());
        }

        public int User { get; }

        public Trace Told { get; } = new Trace();

        public IReadOnlyList<string> Surprises => surprises.ToArray();

        internal WorldClient Client { get; }

        /// <summary>How often bootstrap has run.</summary>
        internal int Bootstraps { get; private set; }

        internal LiveRange<Account> Accounts => accounts!;

        internal LiveRange<Position> Positions => positions!;

        public async Task WatchAsync()
        {
            Client.Events.On<Shout>(shout => Told.Add($"!{shout.From}:{shout.Text}"));
            positions = Client.Query<Position>().Range(Position.Index.X, 0f, 1000f).Subscribe(
                range => Tell("P", range, Text));
            await positions.Ready.Soon();
            accounts = Client.Query<Account>().Range(Account.Index.Number).Subscribe(range => Tell("A", range, Text));
            await accounts.Ready.Soon();
            slots = Client.Query<Inventory>().Where(Inventory.Index.Owner, User).Subscribe(
                range => Tell("I", range, Text));
            await slots.Ready.Soon();
        }

        public Task<IReadOnlyList<string>> RowsAsync() => Task.FromResult<IReadOnlyList<string>>(
            positions!.Rows.Select(row => "P" + Text(row))
                .Concat(accounts!.Rows.Select(row => "A" + Text(row)))
                .Concat(slots!.Rows.Select(row => "I" + Text(row)))
                .ToArray());

        public Task<string> EchoAsync(string text) => Client.Systems.EchoAsync(text);

        public Task MoveToAsync(float x, float y) => Client.Systems.MoveToAsync(x, y);

        public Task<long> TransferAsync(int from, int to, long amount) =>
            Client.Systems.TransferAsync(from, to, amount);

        public async Task<long> BuyAsync(int item, uint count) => (await Client.Systems.BuyAsync(item, count)).Left;

        public Task ShoutAsync(string text) => Client.Systems.ShoutAsync(text);

        public ValueTask DisposeAsync()
        {
            positions?.Dispose();
            accounts?.Dispose();
            slots?.Dispose();
            return Client.DisposeAsync();
        }

        private static string Text(Position row) => FormattableString.Invariant($"{row.Owner}:{row.X},{row.Y}");

        private static string Text(Account row) => $"{row.Number}={row.Balance}";

        private static string Text(Inventory row) => $"{row.Item}x{row.Count}";

        private async Task LogInAsync(WorldBootstrap bootstrap)
        {
            Bootstraps++;
            await bootstrap.Systems.LoginAsync(User);
        }

        private void Tell<TRow>(string name, LiveRange<TRow> range, Func<TRow, string> text)
            where TRow : class, IRow
        {
            range.OnInsert += row => Told.Add($"{name}+{text(row)}");
            range.OnUpdate += (old, row) => Told.Add($"{name}~{text(old)}>{text(row)}");
            range.OnDelete += old => Told.Add($"{name}-{text(old)}");
            range.OnChange += _ => Told.Add($"{name}.");
            range.OnStale += () => Told.Add($"{name} stale");
            range.OnResynced += () => Told.Add($"{name} resynced");
        }
    }
}
