#nullable enable

using System.Globalization;

namespace HeTu
{
    /// <summary>A column of whole numbers from 0 to 2^64 - 1.</summary>
    internal sealed class UInt64Column : ColumnType<ulong>
    {
        public override ColumnKind Kind => ColumnKind.UInt64;

        public override void Write(MessagePackWriter writer, ulong value, string path) => writer.WriteUInt64(value);

        protected override string TextOf(ulong value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
