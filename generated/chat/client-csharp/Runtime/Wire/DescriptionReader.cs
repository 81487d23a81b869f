#nullable enable

namespace HeTu
{
    /// <summary>Reads the description in a welcome.</summary>
    internal static class DescriptionReader
    {
        /// <param name="reader">In front of it.</param>
        /// <exception cref="SchemaMismatchException">When it is none.</exception>
        /// <exception cref="WireException">When it is none.</exception>
        internal static WireDescription Read(ref MessagePackReader reader)
        {
            Expect(ref reader, 4);
            var components = Values.ReadList<DescribedComponent>(ref reader, Component, "components");
            var callables = Values.ReadList<DescribedCallable>(ref reader, Callable, "callables");
            var errors = Values.ReadList<DescribedMessage>(ref reader, Message, "errors");
            var events = Values.ReadList<DescribedMessage>(ref reader, Message, "events");
            return new WireDescription(
                components.ToArray(),
                callables.ToArray(),
                errors.ToArray(),
                events.ToArray());
        }

        private static DescribedComponent Component(ref MessagePackReader reader)
        {
            Expect(ref reader, 3);
            var name = reader.ReadString("name");
            var columns = Values.ReadList<DescribedField>(ref reader, Field, "columns");
            var indexes = Values.ReadList<string>(ref reader, Text, "indexes");
            return new DescribedComponent(name, columns.ToArray(), indexes.ToArray());
        }

        private static DescribedCallable Callable(ref MessagePackReader reader)
        {
            Expect(ref reader, 3);
            var name = reader.ReadString("name");
            var parameters = Values.ReadList<string>(ref reader, Text, "parameters");
            return new DescribedCallable(name, parameters.ToArray(), reader.ReadString("result"));
        }

        private static DescribedMessage Message(ref MessagePackReader reader)
        {
            Expect(ref reader, 2);
            var name = reader.ReadString("name");
            return new DescribedMessage(name, Values.ReadList<DescribedField>(ref reader, Field, "fields").ToArray());
        }

        private static DescribedField Field(ref MessagePackReader reader)
        {
            Expect(ref reader, 2);
            var name = reader.ReadString("name");
            return new DescribedField(name, reader.ReadString("type"));
        }

        private static string Text(ref MessagePackReader reader) => reader.ReadString();

        private static void Expect(ref MessagePackReader reader, int count)
        {
            var announced = reader.ReadArrayHeader("description");
            if (announced != count) throw new WireException($"a description has {announced} parts instead of {count}");
        }
    }
}
