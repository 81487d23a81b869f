#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// Takes the changes of a live query, one after the other: a loop over it, or one who observes it.
    /// </summary>
    internal interface IChangeSink<TRow>
        where TRow : class, IRow
    {
        bool HasEnded { get; }

        void Push(in Change<TRow> change);

        /// <summary>No more changes will come.</summary>
        /// <param name="error">Why, when it is not because the query or the client has ended.</param>
        void End(Exception? error);
    }
}
