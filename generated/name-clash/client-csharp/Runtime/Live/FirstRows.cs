#nullable enable

using System;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>Waits for the first rows of a live query; one that gives none is ended.</summary>
    internal static class FirstRows
    {
        internal static async Task<TQuery> OfAsync<TQuery, TRow>(TQuery query, CancellationToken cancellationToken)
            where TQuery : LiveQuery<TRow>
            where TRow : class, IRow
        {
            try
            {
                using (cancellationToken.Register(query.Dispose)) await query.Ready;
            }
            catch (Exception)
            {
                query.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                throw;
            }

            return query;
        }
    }
}
