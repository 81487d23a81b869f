#nullable enable

namespace HeTu.Tests.Session
{
    internal sealed class ShoutType : StructType<Shout>
    {
        internal static readonly ShoutType Instance = new ShoutType();

        private ShoutType()
            : base(new FieldSpec("text"))
        {
        }

        protected override Shout Create() => new Shout();

        protected override void Read(Shout value, int field, ref MessagePackReader reader) =>
            value.Text = reader.ReadString("text");
    }
}
