#nullable enable

namespace HeTu
{
    /// <summary>A column of booleans; its bounds are 0 and 1 in both protocols.</summary>
    internal sealed class BooleanColumn : ColumnType<bool>
    {
        public override ColumnKind Kind => ColumnKind.Bool;

        public override void Write(MessagePackWriter writer, bool value, string path) => writer.WriteInt64(value ? 1 : 0);

        public override void WriteLeast(MessagePackWriter writer) => writer.WriteInt64(0);

        public override void WriteGreatest(MessagePackWriter writer) => writer.WriteInt64(1);

        protected override string TextOf(bool value) => value ? "1" : "0";
    }
}
