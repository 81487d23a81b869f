#nullable enable

namespace HeTu
{
    /// <summary>Checks and writes one value.</summary>
    /// <exception cref="SchemaValueException">With a path that is empty, or below the value.</exception>
    public delegate void ValueWriter<T>(MessagePackWriter writer, T value);
}
