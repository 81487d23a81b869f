#nullable enable

using System;

namespace HeTu.Tests.Live
{
    /// <summary>A row with texts and an index of two columns.</summary>
    internal sealed class Item : IRow
    {
        internal Item(long id, string name = "", byte rank = 0)
        {
            Id = id;
            Name = name;
            Rank = rank;
        }

        public long Id { get; }

        public string Name { get; internal set; }

        public byte Rank { get; internal set; }

        public override string ToString() => $"{Id} {Name} {Rank}";

        internal static ItemType Component { get; } = new ItemType();

        internal static class Index
        {
            internal static readonly Index<Item, string> Name = new Index<Item, string>(
                "name", 1, (a, b) => TextOrder.Compare(a.Name, b.Name), ColumnTypes.String(20));

            internal static readonly UniqueIndex<Item, string, byte> NameRank = new UniqueIndex<Item, string, byte>(
                "name,rank", 2, ByNameAndRank, ColumnTypes.String(20), ColumnTypes.UInt8);

            internal static readonly Index<Item, float> Weight =
                new Index<Item, float>("weight", 3, (a, b) => 0, ColumnTypes.Single);

            private static int ByNameAndRank(Item a, Item b)
            {
                var byName = TextOrder.Compare(a.Name, b.Name);
                return byName != 0 ? byName : a.Rank.CompareTo(b.Rank);
            }
        }

        internal sealed class ItemType : ComponentType<Item>
        {
            internal ItemType()
                : base("Item", 1, new ColumnSpec("name", ColumnKind.String), new ColumnSpec("rank", ColumnKind.UInt8))
            {
            }

            public override bool Same(Item a, Item b) =>
                string.Equals(a.Name, b.Name, StringComparison.Ordinal) && a.Rank == b.Rank;

            protected override Item Create(long id) => new Item(id);

            protected override Item Copy(Item row) => new Item(row.Id, row.Name, row.Rank);

            protected override void Read(Item row, int column, ref MessagePackReader reader)
            {
                if (column == 0) row.Name = reader.ReadString("name");
                else row.Rank = reader.ReadByte("rank");
            }
        }
    }
}
