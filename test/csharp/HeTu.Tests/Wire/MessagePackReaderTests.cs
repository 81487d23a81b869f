#nullable enable

using Xunit;

namespace HeTu.Tests.Wire
{
    public class MessagePackReaderTests
    {
        [Fact]
        public void Reads_back_what_the_writer_wrote()
        {
            var writer = new MessagePackWriter();
            writer.WriteArrayHeader(2);
            writer.WriteString("é");
            writer.WriteInt64(-300);
            var reader = new MessagePackReader(writer.Written);
            Assert.Equal(2, reader.ReadArrayHeader());
            Assert.Equal("é", reader.ReadString());
            Assert.Equal(-300, reader.ReadInt16());
            Assert.True(reader.AtEnd);
        }
    }
}
