#nullable enable

using System;

namespace HeTu
{
    /// <summary>A column of whole numbers that fit a signed 64-bit integer.</summary>
    internal sealed class IntegerColumn<T> : ColumnType<T>
    {
        private readonly Func<T, long> toInteger;

        internal IntegerColumn(ColumnKind kind, Func<T, long> toInteger)
        {
            Kind = kind;
            this.toInteger = toInteger;
        }

        public override ColumnKind Kind { get; }

        public override void Write(MessagePackWriter writer, T value, string path) =>
            writer.WriteInt64(Kind == ColumnKind.Timestamp ? Checks.Timestamp(toInteger(value), path) : toInteger(value));

        protected override string TextOf(T value) => FormattableString.Invariant($"{toInteger(value)}");
    }
}
