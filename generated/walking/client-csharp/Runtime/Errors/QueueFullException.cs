#nullable enable

namespace HeTu
{
    /// <summary>Too many calls wait for the connection already: this one was not sent.</summary>
    public sealed class QueueFullException : HetuException
    {
        /// <summary>Made by the client.</summary>
        public QueueFullException(string system, int limit)
            : base("QUEUE_FULL", $"{system} was not sent: {limit} calls are waiting already (HetuOptions.MaxQueued)")
        {
            System = system;
        }

        /// <summary>The system or endpoint, as the schema calls it.</summary>
        public string System { get; }
    }
}
