#nullable enable

using System;

namespace HeTu
{
    /// <summary>The call was not sent in time: it has no effect.</summary>
    public sealed class CallTimeoutException : HetuException
    {
        /// <summary>Made by the client.</summary>
        public CallTimeoutException(string system, double milliseconds, ConnectionStatus status, Exception? reason)
            : base("CALL_TIMEOUT", Describe(system, milliseconds, status, reason), reason)
        {
            System = system;
        }

        /// <summary>The system or endpoint, as the schema calls it.</summary>
        public string System { get; }

        private static string Describe(string system, double milliseconds, ConnectionStatus status, Exception? reason)
        {
            var hint = status == ConnectionStatus.Bootstrapping
                ? "; inside of bootstrap, use the systems that it is given instead of those of the client"
                : reason == null ? "" : $" ({reason.Message})";
            return FormattableString.Invariant(
                $"{system} was not sent within {milliseconds} ms: the connection is {status}{hint}");
        }
    }
}
