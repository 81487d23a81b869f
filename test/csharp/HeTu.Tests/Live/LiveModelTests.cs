#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace HeTu.Tests.Live
{
    /// <summary>Random histories, told by a server that holds a model, over both protocols.</summary>
    public class LiveModelTests
    {
        private const int Histories = 300;
        private static readonly ChangeKind[] Order = { ChangeKind.Delete, ChangeKind.Update, ChangeKind.Insert };
        private static readonly string[] Names = { "a", "b", "ab", "", "\uffff", "\U0001f600", "é" };

        [Theory]
        [InlineData(false)]
        [InlineData(true)]
        public void A_query_holds_what_a_model_holds_in_order_and_its_changes_turn_one_state_into_the_next(bool isHetu2)
        {
            for (var seed = 0; seed < Histories; seed++)
            {
                try
                {
                    new History(seed, isHetu2).Run();
                }
                catch (Exception error)
                {
                    throw new InvalidOperationException($"seed {seed}, hetu.2 {isHetu2}: {error.Message}", error);
                }
            }
        }

        private sealed class History
        {
            private readonly Random random;
            private readonly bool isHetu2;
            private readonly bool descending;
            private readonly LiveHarness live;
            private readonly Dictionary<long, Item> model = new Dictionary<long, Item>();
            private readonly Dictionary<long, Item> mirror = new Dictionary<long, Item>();
            private readonly LiveRange<Item> range;

            /// <summary>The same rows by another index: after a reconnect, each waits for the other.</summary>
            private readonly LiveRange<Item> byName;

            internal History(int seed, bool isHetu2)
            {
                random = new Random(seed);
                this.isHetu2 = isHetu2;
                descending = random.Next(2) == 0;
                live = new LiveHarness(isHetu2);
                var query = live.Items.Range(Item.Index.NameRank);
                range = (descending ? query.Descending() : query).Subscribe();
                byName = live.Items.Range(Item.Index.Name).Subscribe();
                range.OnInsert += row => Assert.True(mirror.TryAdd(row.Id, row), $"a second insert of {row}");
                range.OnUpdate += (old, row) =>
                {
                    Assert.Same(mirror[row.Id], old);
                    Assert.False(Item.Component.Same(old, row), $"an update of {row} that changes nothing");
                    mirror[row.Id] = row;
                };
                range.OnDelete += old =>
                {
                    Assert.Same(mirror[old.Id], old);
                    mirror.Remove(old.Id);
                };
                range.OnChange += changes =>
                {
                    var ranks = changes.Select(change => Array.IndexOf(Order, change.Kind));
                    Assert.Equal(ranks.OrderBy(rank => rank), ranks);
                };
            }

            internal void Run()
            {
                Change(8);
                Snapshot(1);
                Snapshot(2);
                Check();
                for (var step = random.Next(12); step >= 0; step--)
                {
                    switch (random.Next(6))
                    {
                        case 0:
                            Reconnect();
                            break;
                        case 1:
                            _ = range.Rows;
                            break;
                        default:
                            Update(2);
                            break;
                    }

                    Check();
                }
            }

            private void Check()
            {
                Assert.Empty(live.Reported);
                Assert.Null(range.Error);
                var expected = model.Values.OrderBy(row => Encoding.UTF32.GetBytes(row.Name), new CodePoints())
                    .ThenBy(row => row.Rank)
                    .ThenBy(row => row.Id)
                    .Select(row => row.ToString());
                Assert.Equal(descending ? expected.Reverse() : expected, range.Rows.Select(row => row.ToString()));
                Assert.Equal(
                    expected.OrderBy(row => row), byName.Rows.Select(row => row.ToString()).OrderBy(row => row));
                Assert.Equal(range.Rows.OrderBy(row => row.Id), mirror.Values.OrderBy(row => row.Id));
            }

            /// <summary>Changes the model; gives the ids that were touched.</summary>
            private HashSet<long> Change(int most)
            {
                var touched = new HashSet<long>();
                for (var left = random.Next(most + 1); left > 0; left--)
                {
                    var id = random.Next(1, 9);
                    touched.Add(id);
                    if (random.Next(3) == 0) model.Remove(id);
                    else model[id] = new Item(id, Names[random.Next(Names.Length)], (byte)random.Next(3));
                }

                return touched;
            }

            /// <param name="queries">How many of the two have their answers.</param>
            private void Update(int queries)
            {
                var before = new Dictionary<long, Item>(model);
                var touched = Change(5);
                if (isHetu2)
                {
                    var delta = Delta(before, touched);
                    live.Updated(Enumerable.Range(1, queries).Select(query => ((long)query, delta)).ToArray());
                    return;
                }

                for (var query = 1; query <= queries; query++)
                {
                    var rows = touched.Select(id => (id, model.TryGetValue(id, out var row) ? Row(row) : null));
                    live.Updated($"{query}", rows.ToArray());
                }
            }

            private void Reconnect()
            {
                var before = new Dictionary<long, Item>(model);
                live.Drop();
                if (random.Next(3) == 0)
                {
                    // A link that drops before the answer.
                    live.Reconnect();
                    live.Drop();
                }

                var touched = Change(8);
                var resumes = isHetu2 && random.Next(2) == 0;
                live.Link.TakeSent();
                live.Reconnect(resumes);
                // The ids that are held are a list at the end.
                var holds = live.Link.TakeSent()[0].EndsWith("]]", StringComparison.Ordinal);
                if (holds) live.CaughtUp("1", Delta(before, touched));
                else Snapshot(1);
                var shown = range.Rows;
                var toldBefore = mirror.Count;
                if (random.Next(2) == 0) Update(1);
                Assert.Same(shown, range.Rows);
                Assert.Equal(toldBefore, mirror.Count);
                Snapshot(2);
            }

            private void Snapshot(int query)
            {
                var rows = model.Values.OrderBy(_ => random.Next()).Select(Row).ToArray();
                live.Subscribed($"{query}", LiveHarness.List(rows));
            }

            private FrameWriter Delta(Dictionary<long, Item> before, HashSet<long> touched)
            {
                var updates = new List<FrameWriter>();
                var inserts = new List<FrameWriter>();
                var deletes = new List<long>();
                foreach (var id in touched)
                {
                    var was = before.TryGetValue(id, out var old);
                    if (!model.TryGetValue(id, out var row))
                    {
                        if (was) deletes.Add(id);
                    }
                    else if (was && random.Next(3) > 0)
                    {
                        updates.Add(Masked(old!, row));
                    }
                    else
                    {
                        inserts.Add(Row(row));
                    }
                }

                return Live.Delta.Of(updates.ToArray(), inserts.ToArray(), deletes.ToArray());
            }

            /// <summary>The columns that differ, and now and then one that does not.</summary>
            private FrameWriter Masked(Item old, Item row)
            {
                var mask = (old.Name != row.Name ? 1 : 0) | (old.Rank != row.Rank ? 2 : 0) | random.Next(4);
                var values = new List<FrameWriter> { Live.Delta.Number(mask), Live.Delta.Number(row.Id) };
                if ((mask & 1) != 0) values.Add(writer => writer.WriteString(row.Name));
                if ((mask & 2) != 0) values.Add(Live.Delta.Number(row.Rank));
                return LiveHarness.List(values.ToArray());
            }

            private FrameWriter Row(Item row)
            {
                if (isHetu2)
                {
                    return LiveHarness.List(
                        Live.Delta.Number(row.Id), writer => writer.WriteString(row.Name), Live.Delta.Number(row.Rank));
                }

                return writer =>
                {
                    writer.WriteMapHeader(4);
                    writer.WriteString("rank");
                    writer.WriteInt64(row.Rank);
                    writer.WriteString("unknown to this client");
                    writer.WriteNil();
                    writer.WriteString("name");
                    writer.WriteString(row.Name);
                    writer.WriteString("id");
                    writer.WriteInt64(row.Id);
                };
            }
        }

        /// <summary>By code point, the slow way.</summary>
        private sealed class CodePoints : IComparer<byte[]>
        {
            public int Compare(byte[]? x, byte[]? y)
            {
                for (var at = 0; at < Math.Min(x!.Length, y!.Length); at += 4)
                {
                    var order = BitConverter.ToUInt32(x, at).CompareTo(BitConverter.ToUInt32(y, at));
                    if (order != 0) return order;
                }

                return x.Length.CompareTo(y.Length);
            }
        }
    }
}
