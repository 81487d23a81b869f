#nullable enable

using System;
using System.Globalization;

namespace HeTu
{
    /// <summary>A column of floats: an infinity is fine as a bound, NaN has no place in an order.</summary>
    internal sealed class FloatColumn<T> : ColumnType<T>
    {
        private readonly Func<T, double> toDouble;

        internal FloatColumn(ColumnKind kind, Func<T, double> toDouble)
        {
            Kind = kind;
            this.toDouble = toDouble;
        }

        public override ColumnKind Kind { get; }

        public override void Write(MessagePackWriter writer, T value, string path) =>
            writer.WriteDouble(Checks.NotNaN(toDouble(value), path));

        protected override string TextOf(T value)
        {
            var number = toDouble(value);
            if (double.IsPositiveInfinity(number)) return "Infinity";
            if (double.IsNegativeInfinity(number)) return "-Infinity";
            return number.ToString("R", CultureInfo.InvariantCulture);
        }
    }
}
