#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// A map by field name as a class: a struct, an event, or the fields of an error. Generated code derives a class for
    /// each.
    /// </summary>
    public abstract class StructType<T>
        where T : class
    {
        private readonly FieldNames names;
        private readonly FieldSpec[] fields;

        /// <summary>Written by generated code.</summary>
        /// <param name="fields">In the order of the schema.</param>
        protected StructType(params FieldSpec[] fields)
        {
            this.fields = fields;
            names = new FieldNames(Array.ConvertAll(fields, field => field.Name));
        }

        /// <summary>Reads a map. Fields that the schema does not have are skipped.</summary>
        /// <param name="reader">In front of the map.</param>
        /// <exception cref="SchemaMismatchException">When a field that is not optional is missing, or a value is of another type.</exception>
        public T Read(ref MessagePackReader reader)
        {
            var count = reader.ReadMapHeader("");
            var value = Create();
            Span<ulong> seen = stackalloc ulong[(fields.Length + 63) / 64];
            seen.Clear();
            var expected = 0;
            for (var at = 0; at < count; at++)
            {
                var field = -1;
                if (reader.NextIsString) field = names.Find(reader.ReadUtf8(""), expected);
                else reader.Skip();
                if (field < 0 || (fields[field].Optional && reader.TryReadNil()))
                {
                    if (field < 0) reader.Skip();
                    continue;
                }

                expected = field + 1;
                Read(value, field, ref reader);
                seen[field >> 6] |= 1UL << (field & 63);
            }

            for (var field = 0; field < fields.Length; field++)
            {
                if ((seen[field >> 6] & (1UL << (field & 63))) != 0 || fields[field].Optional) continue;
                throw new SchemaMismatchException(fields[field].Name, "did not come");
            }

            return value;
        }

        /// <summary>An object with the default of each type.</summary>
        protected abstract T Create();

        /// <summary>Reads one field, which is not nil when it is optional.</summary>
        /// <param name="value">Made by <see cref="Create"/>.</param>
        /// <param name="field">Position among the fields.</param>
        /// <param name="reader">In front of the value.</param>
        /// <exception cref="SchemaMismatchException">With the name of the field as path.</exception>
        protected abstract void Read(T value, int field, ref MessagePackReader reader);
    }
}
