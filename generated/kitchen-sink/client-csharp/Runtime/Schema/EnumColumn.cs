#nullable enable

using System;

namespace HeTu
{
    /// <summary>A column of an enum, its integer on the wire.</summary>
    internal sealed class EnumColumn<T> : ColumnType<T>
        where T : struct, Enum
    {
        private readonly Func<T, long> toInteger;
        private readonly Func<T, bool> isDeclared;
        private readonly string names;

        internal EnumColumn(Func<T, long> toInteger, Func<T, bool> isDeclared, string names)
        {
            this.toInteger = toInteger;
            this.isDeclared = isDeclared;
            this.names = names;
        }

        public override ColumnKind Kind => ColumnKind.Enum;

        public override void Write(MessagePackWriter writer, T value, string path) =>
            writer.WriteInt64(toInteger(Checks.Enum(value, isDeclared(value), names, path)));

        protected override string TextOf(T value) => FormattableString.Invariant($"{toInteger(value)}");
    }
}
