#nullable enable

namespace HeTu.Tests.Live
{
    /// <summary>A row like those of generated code.</summary>
    internal sealed class Account : IRow
    {
        internal Account(long id, int number = 0, long balance = 0)
        {
            Id = id;
            Number = number;
            Balance = balance;
        }

        public long Id { get; }

        public int Number { get; internal set; }

        public long Balance { get; internal set; }

        public override string ToString() => $"{Number}={Balance}";

        internal static AccountType Component { get; } = new AccountType();

        internal static class Index
        {
            internal static readonly UniqueIndex<Account, long> Id =
                new UniqueIndex<Account, long>("id", 0, (a, b) => a.Id.CompareTo(b.Id), ColumnTypes.Int64);

            internal static readonly UniqueIndex<Account, int> Number =
                new UniqueIndex<Account, int>("number", 1, (a, b) => a.Number.CompareTo(b.Number), ColumnTypes.Int32);

            internal static readonly Index<Account, long> Balance =
                new Index<Account, long>("balance", 2, (a, b) => a.Balance.CompareTo(b.Balance), ColumnTypes.Int64);
        }

        internal sealed class AccountType : ComponentType<Account>
        {
            internal AccountType()
                : base("Account", 0, new ColumnSpec("number", ColumnKind.Int32), new ColumnSpec("balance", ColumnKind.Int64))
            {
            }

            public override bool Same(Account a, Account b) => a.Number == b.Number && a.Balance == b.Balance;

            protected override Account Create(long id) => new Account(id);

            protected override Account Copy(Account row) => new Account(row.Id, row.Number, row.Balance);

            protected override void Read(Account row, int column, ref MessagePackReader reader)
            {
                if (column == 0) row.Number = reader.ReadInt32("number");
                else row.Balance = reader.ReadInt64("balance");
            }
        }
    }
}
