#nullable enable

namespace HeTu
{
    /// <summary>What one end of a range is.</summary>
    internal enum BoundKind
    {
        /// <summary>There is no end.</summary>
        Open,

        /// <summary>The value is part of the range.</summary>
        Inclusive,

        /// <summary>The value is not part of the range.</summary>
        Exclusive,
    }
}
