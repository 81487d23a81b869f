#nullable enable

namespace HeTu
{
    /// <summary>Makes the exception of an error of the schema.</summary>
    /// <param name="system">The system that was rejected.</param>
    /// <param name="fields">In front of the map of the fields.</param>
    /// <exception cref="SchemaMismatchException">When the fields are of another schema.</exception>
    public delegate CallRejectedException ErrorReader(string system, ref MessagePackReader fields);
}
