#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// A column of texts. Above every text is the empty array, which our server understands: nothing else is above all
    /// of them and short.
    /// </summary>
    internal sealed class StringColumn : ColumnType<string>
    {
        private readonly int max;

        internal StringColumn(int max)
        {
            this.max = max;
        }

        public override ColumnKind Kind => ColumnKind.String;

        public override void Write(MessagePackWriter writer, string value, string path) =>
            writer.WriteString(Checks.String(value, max, path));

        public override void WriteLeast(MessagePackWriter writer) => writer.WriteString("");

        public override void WriteGreatest(MessagePackWriter writer) => writer.WriteArrayHeader(0);

        public override void WriteBound(MessagePackWriter writer, string value, bool exclusive, string path)
        {
            Checks.String(value, max, path);
            // A text that begins like a mark needs one itself.
            var isMarked = value.Length > 0 && (value[0] == '(' || value[0] == '[');
            writer.WriteString(exclusive ? "(" + value : isMarked ? "[" + value : value);
        }

        protected override string TextOf(string value) => throw new NotSupportedException();
    }
}
