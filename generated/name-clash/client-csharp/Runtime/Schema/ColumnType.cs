#nullable enable

namespace HeTu
{
    /// <summary>What a bound needs to know of an indexed column.</summary>
    public abstract class ColumnType<T>
    {
        /// <summary>Which type of the schema it is.</summary>
        public abstract ColumnKind Kind { get; }

        /// <summary>Checks a value and writes it.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="value">What was given.</param>
        /// <param name="path">The place, for errors.</param>
        /// <exception cref="SchemaValueException">When the column cannot hold it.</exception>
        public abstract void Write(MessagePackWriter writer, T value, string path);

        /// <summary>Writes a bound below everything. The server clamps an infinity to what the column can hold.</summary>
        public virtual void WriteLeast(MessagePackWriter writer) => writer.WriteDouble(double.NegativeInfinity);

        /// <summary>Writes a bound above everything.</summary>
        public virtual void WriteGreatest(MessagePackWriter writer) => writer.WriteDouble(double.PositiveInfinity);

        /// <summary>
        /// Checks and writes a value where a mark in front of it is understood: the last part of a bound. An exclusive
        /// one is a text that begins with <c>(</c>, on numeric columns too.
        /// </summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="value">What was given.</param>
        /// <param name="exclusive">Whether the value itself is outside of the range.</param>
        /// <param name="path">The place, for errors.</param>
        /// <exception cref="SchemaValueException">When the column cannot hold it.</exception>
        public virtual void WriteBound(MessagePackWriter writer, T value, bool exclusive, string path)
        {
            var start = writer.Length;
            Write(writer, value, path);
            if (!exclusive) return;
            writer.Truncate(start);
            writer.WriteString("(" + TextOf(value));
        }

        /// <summary>A number as JavaScript reads it.</summary>
        protected abstract string TextOf(T value);
    }
}
