#nullable enable

namespace HeTu
{
    /// <summary>What every row has. Rows are never changed: another version of a row is another object.</summary>
    public interface IRow
    {
        /// <summary>Given by the server, never used again for another row of the component.</summary>
        long Id { get; }
    }
}
