#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>Lists, structs and values that may be missing, for generated code. Paths of errors grow on the way out.</summary>
    public static class Values
    {
        /// <summary>Reads an array.</summary>
        /// <param name="reader">In front of it.</param>
        /// <param name="read">Reads one element.</param>
        /// <param name="path">The place, relative to what is being read.</param>
        /// <exception cref="SchemaMismatchException">With the place of the element.</exception>
        public static List<T> ReadList<T>(ref MessagePackReader reader, ValueReader<T> read, string path = "")
        {
            var count = reader.ReadArrayHeader(path);
            var list = new List<T>(count);
            for (var at = 0; at < count; at++)
            {
                try
                {
                    list.Add(read(ref reader));
                }
                catch (SchemaMismatchException mismatch)
                {
                    throw mismatch.Inside(Paths.Element(at)).Inside(path);
                }
            }

            return list;
        }

        /// <summary>Reads a value whose own errors begin with <paramref name="path"/>.</summary>
        /// <param name="reader">In front of it.</param>
        /// <param name="read">Reads it.</param>
        /// <param name="path">The place, relative to what is being read.</param>
        /// <exception cref="SchemaMismatchException">With the place.</exception>
        public static T ReadAt<T>(ref MessagePackReader reader, ValueReader<T> read, string path)
        {
            try
            {
                return read(ref reader);
            }
            catch (SchemaMismatchException mismatch)
            {
                throw mismatch.Inside(path);
            }
        }

        /// <summary>Reads an object, or <c>null</c> for nil.</summary>
        /// <param name="reader">In front of it.</param>
        /// <param name="read">Reads it.</param>
        /// <exception cref="SchemaMismatchException">As <paramref name="read"/> throws it.</exception>
        public static T? ReadNullable<T>(ref MessagePackReader reader, ValueReader<T> read)
            where T : class => reader.TryReadNil() ? null : read(ref reader);

        /// <summary>Reads a value, or <c>null</c> for nil.</summary>
        /// <param name="reader">In front of it.</param>
        /// <param name="read">Reads it.</param>
        /// <exception cref="SchemaMismatchException">As <paramref name="read"/> throws it.</exception>
        public static T? ReadNullableValue<T>(ref MessagePackReader reader, ValueReader<T> read)
            where T : struct => reader.TryReadNil() ? (T?)null : read(ref reader);

        /// <summary>Checks and writes a list.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="list">What was given.</param>
        /// <param name="write">Checks and writes one element.</param>
        /// <param name="path">The place, for errors.</param>
        /// <exception cref="SchemaValueException">With the place of the element.</exception>
        public static void WriteList<T>(
            MessagePackWriter writer,
            IReadOnlyList<T> list,
            ValueWriter<T> write,
            string path = "")
        {
            if (list == null) throw new SchemaValueException(path, "a list", null);
            var count = list.Count;
            writer.WriteArrayHeader(count);
            for (var at = 0; at < count; at++)
            {
                try
                {
                    write(writer, list[at]);
                }
                catch (SchemaValueException refused)
                {
                    throw refused.Inside(Paths.Element(at)).Inside(path);
                }
            }
        }

        /// <summary>Checks and writes a value whose own errors begin with <paramref name="path"/>.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="value">What was given.</param>
        /// <param name="write">Checks and writes it.</param>
        /// <param name="path">The place, for errors.</param>
        /// <exception cref="SchemaValueException">With the place.</exception>
        public static void WriteAt<T>(MessagePackWriter writer, T value, ValueWriter<T> write, string path)
        {
            try
            {
                write(writer, value);
            }
            catch (SchemaValueException refused)
            {
                throw refused.Inside(path);
            }
        }
    }
}
