#nullable enable

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using HeTu.Tests.Session;

namespace HeTu.Tests.Live
{
    /// <summary>Writes something of a frame.</summary>
    internal delegate void FrameWriter(MessagePackWriter writer);

    /// <summary>The live half of a client, on a loop that the test's thread drives, with a scripted link.</summary>
    internal sealed class LiveHarness : ILiveContext
    {
        private static readonly WireDescription Description = new WireDescription(
            new[]
            {
                new DescribedComponent(
                    "Account",
                    new[] { new DescribedField("number", "i32"), new DescribedField("balance", "i64") },
                    new[] { "number", "balance" }),
                new DescribedComponent(
                    "Item",
                    new[] { new DescribedField("name", "string"), new DescribedField("rank", "u8") },
                    new[] { "name", "name,rank" }),
            },
            Array.Empty<DescribedCallable>(),
            Array.Empty<DescribedMessage>(),
            Array.Empty<DescribedMessage>());

        private readonly PumpLoop pump;
        private readonly WireSchema wire;

        internal LiveHarness(bool isHetu2 = false)
        {
            var schema = new Schema(
                "test",
                "",
                Description,
                new[] { Schema.Row(Account.Component), Schema.Row(Item.Component) },
                Array.Empty<Callable>(),
                Array.Empty<ErrorSpec>(),
                Array.Empty<EventSpec>());
            wire = isHetu2 ? WireSchema.Hetu2(schema, null) : WireSchema.Hetu1(schema);
            Link = new ScriptedLink(wire);
            pump = new PumpLoop(Clock, false);
            Subscriptions = new Subscriptions(Link, pump, Report);
            Tick();
        }

        public Subscriptions Subscriptions { get; }

        public HeTu.Loop Loop => pump;

        public bool WarnsOfLeaks { get; set; }

        public TimeSpan CallTimeout => TimeSpan.FromSeconds(30);

        public ConnectionStatus Status => Link.IsConnected ? ConnectionStatus.Connected : ConnectionStatus.Waiting;

        internal ManualClock Clock { get; } = new ManualClock();

        internal ScriptedLink Link { get; }

        internal List<Exception> Reported { get; } = new List<Exception>();

        internal List<string> Warnings { get; } = new List<string>();

        internal Query<Account> Accounts => new Query<Account>(this, Account.Component);

        internal Query<Item> Items => new Query<Item>(this, Item.Component);

        internal RangeQuery<Account> ByNumber => Accounts.Range(Account.Index.Number);

        public void Report(Exception thrown) => Reported.Add(thrown);

        public void Warn(string text) => Warnings.Add(text);

        internal void Tick() => pump.Tick();

        /// <summary>A row as hetu.1 or hetu.2 has it.</summary>
        internal FrameWriter Row(Account row) =>
            writer =>
            {
                if (wire.IsHetu2)
                {
                    writer.WriteArrayHeader(3);
                    writer.WriteInt64(row.Id);
                    writer.WriteInt64(row.Number);
                    writer.WriteInt64(row.Balance);
                    return;
                }

                writer.WriteMapHeader(3);
                writer.WriteString("id");
                writer.WriteInt64(row.Id);
                writer.WriteString("number");
                writer.WriteInt64(row.Number);
                writer.WriteString("balance");
                writer.WriteInt64(row.Balance);
            };

        internal static FrameWriter List(params FrameWriter[] parts) =>
            writer =>
            {
                writer.WriteArrayHeader(parts.Length);
                foreach (var part in parts) part(writer);
            };

        /// <summary>Answers the oldest question with rows of accounts.</summary>
        internal void Subscribed(string id, params Account[] rows) =>
            Subscribed(id, List(rows.Select(Row).ToArray()));

        internal void Subscribed(string id, FrameWriter rows) => Answer(FrameKind.Subscribed, id, rows);

        internal void CaughtUp(string id, FrameWriter delta) => Answer(FrameKind.CaughtUp, id, delta);

        internal void Refused(string? code = null, string? reason = null) =>
            Run(() =>
            {
                var frame = new ServerFrame { Kind = FrameKind.Refused, Wire = wire, Code = code, Reason = reason };
                Link.Next().Answered(ref frame);
            });

        internal void Page(FrameWriter body) => Answer(FrameKind.Page, "", body);

        /// <summary>hetu.1: rows of one subscription; <c>null</c> is nil.</summary>
        internal void Updated(string id, params (long Id, Account? Row)[] rows) =>
            Updated(id, rows.Select(row => (row.Id, row.Row == null ? null : Row(row.Row))).ToArray());

        internal void Updated(string id, (long Id, FrameWriter? Row)[] rows) =>
            Run(() =>
            {
                var writer = new MessagePackWriter();
                writer.WriteMapHeader(rows.Length);
                foreach (var (rowId, row) in rows)
                {
                    writer.WriteInt64(rowId);
                    if (row == null) writer.WriteNil();
                    else row(writer);
                }

                var frame = new ServerFrame
                {
                    Kind = FrameKind.Update,
                    Wire = wire,
                    SubscriptionId = Encoding.UTF8.GetBytes(id),
                    Body = new MessagePackReader(writer.Written),
                };
                Subscriptions.Updated(ref frame);
            });

        /// <summary>hetu.2: deltas of several subscriptions, of one transaction.</summary>
        internal void Updated(params (long Number, FrameWriter Delta)[] deltas) =>
            Run(() =>
            {
                var writer = new MessagePackWriter();
                foreach (var (number, delta) in deltas)
                {
                    writer.WriteInt64(number);
                    delta(writer);
                }

                var frame = new ServerFrame
                {
                    Kind = FrameKind.Update,
                    Wire = wire,
                    Count = deltas.Length,
                    Body = new MessagePackReader(writer.Written),
                };
                Subscriptions.Updated(ref frame);
            });

        /// <summary>An update of subscription <paramref name="id"/> (1 over hetu.2) to whole rows.</summary>
        internal RecordedUpdate Recorded(string id, Account[] rows)
        {
            if (wire.IsHetu2) return Recorded(Delta.Of(inserts: rows.Select(Row).ToArray()));
            var writer = new MessagePackWriter();
            writer.WriteMapHeader(rows.Length);
            foreach (var row in rows)
            {
                writer.WriteInt64(row.Id);
                Row(row)(writer);
            }

            return new RecordedUpdate(Subscriptions, wire, Encoding.UTF8.GetBytes(id), writer.ToArray());
        }

        /// <summary>hetu.2: a delta of subscription 1.</summary>
        internal RecordedUpdate Recorded(FrameWriter delta)
        {
            var writer = new MessagePackWriter();
            writer.WriteInt64(1);
            delta(writer);
            return new RecordedUpdate(Subscriptions, wire, Array.Empty<byte>(), writer.ToArray());
        }

        /// <summary>The answer to the oldest question.</summary>
        internal RecordedAnswer RecordedAnswer(Account[] rows)
        {
            var writer = new MessagePackWriter();
            List(rows.Select(Row).ToArray())(writer);
            return new RecordedAnswer(Link, wire, writer.ToArray());
        }

        internal void Drop() =>
            Run(() =>
            {
                Link.Drop();
                Subscriptions.Lost();
            });

        internal void Reconnect(bool resumed = false) =>
            Run(() =>
            {
                Link.IsConnected = true;
                foreach (var request in Subscriptions.Restore(resumed)) Link.Send(request);
            });

        internal void Called() => Run(Subscriptions.Called);

        internal void Close(Exception? error = null) => Run(() => Subscriptions.Closed(error));

        /// <summary>On the loop, and everything that it leads to.</summary>
        internal void Run(Action action)
        {
            Exception? thrown = null;
            pump.Post(() =>
            {
                try
                {
                    action();
                }
                catch (Exception error)
                {
                    thrown = error;
                }
            });
            Tick();
            if (thrown != null) throw thrown;
        }

        private void Answer(FrameKind kind, string id, FrameWriter body) =>
            Run(() =>
            {
                var writer = new MessagePackWriter();
                body(writer);
                var frame = new ServerFrame
                {
                    Kind = kind,
                    Wire = wire,
                    Body = new MessagePackReader(writer.Written),
                };
                if (!wire.IsHetu2) frame.SubscriptionId = Encoding.UTF8.GetBytes(id);
                else if (id.Length > 0) frame.SubscriptionNumber = long.Parse(id, CultureInfo.InvariantCulture);
                Link.Next().Answered(ref frame);
            });
    }
}
