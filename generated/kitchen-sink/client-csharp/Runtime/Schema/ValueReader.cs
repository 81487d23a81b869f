#nullable enable

namespace HeTu
{
    /// <summary>Reads one value.</summary>
    /// <param name="reader">In front of the value; behind it afterwards.</param>
    /// <exception cref="SchemaMismatchException">With a path that is empty, or below the value.</exception>
    public delegate T ValueReader<T>(ref MessagePackReader reader);
}
