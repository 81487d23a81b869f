#nullable enable

namespace HeTu
{
    /// <summary>
    /// The server gives no rows for a query: the caller may not read the component, or the query is impossible.
    /// </summary>
    public sealed class SubscriptionRefusedException : HetuException
    {
        /// <summary>Made by the client.</summary>
        /// <param name="component">As in the schema.</param>
        /// <param name="index">As in the schema.</param>
        /// <param name="refusal">The code of hetu.2; <c>null</c> where the server gives none.</param>
        /// <param name="reason">The server's words; <c>null</c> where it has none.</param>
        public SubscriptionRefusedException(string component, string index, string? refusal, string? reason)
            : base("SUBSCRIPTION_REFUSED", Describe(component, index, refusal, reason))
        {
            Component = component;
            Index = index;
            Refusal = refusal;
            Reason = reason;
        }

        /// <summary>The component, as in the schema.</summary>
        public string Component { get; }

        /// <summary>The index, as in the schema.</summary>
        public string Index { get; }

        /// <summary>
        /// <c>FORBIDDEN</c>, <c>UNKNOWN_COMPONENT</c>, <c>UNKNOWN_INDEX</c>, <c>BAD_BOUND</c>,
        /// <c>TOO_MANY_SUBSCRIPTIONS</c> or <c>SCAN_LIMIT</c>; <c>null</c> over hetu.1, which does not say.
        /// </summary>
        public string? Refusal { get; }

        /// <summary>The server's words; <c>null</c> over hetu.1.</summary>
        public string? Reason { get; }

        private static string Describe(string component, string index, string? refusal, string? reason)
        {
            var what = $"the server refused the query of {component} by {index}";
            return refusal == null
                ? $"{what}: the caller may not read {component}, holds too many live queries, or the server runs a " +
                    "schema without it"
                : $"{what}: {refusal}{(string.IsNullOrEmpty(reason) ? "" : $" ({reason})")}";
        }
    }
}
