#nullable enable

using System;

namespace HeTu
{
    /// <summary>A <c>FetchAsync</c> was not answered in time (<see cref="HetuOptions.CallTimeout"/>).</summary>
    public sealed class FetchTimeoutException : HetuException
    {
        /// <summary>Made by the client.</summary>
        public FetchTimeoutException(string query, double milliseconds, ConnectionStatus status)
            : base("FETCH_TIMEOUT", FormattableString.Invariant(
                $"the fetch of {query} was not answered within {milliseconds} ms: the connection is {status}"))
        {
            Query = query;
        }

        /// <summary>Component and index, as the schema calls them.</summary>
        public string Query { get; }
    }
}
