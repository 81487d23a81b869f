#nullable enable

namespace HeTu
{
    /// <summary>Server code threw: the transaction was rolled back.</summary>
    public sealed class CallFailedException : HetuException
    {
        /// <summary>Made by the client.</summary>
        public CallFailedException(string system, string reason)
            : base("CALL_FAILED", $"{system} failed on the server: {reason}")
        {
            System = system;
            Reason = reason;
        }

        /// <summary>The system or endpoint, as the schema calls it.</summary>
        public string System { get; }

        /// <summary><c>INTERNAL</c> unless the server is in debug mode.</summary>
        public string Reason { get; }
    }
}
