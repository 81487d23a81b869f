#nullable enable

using System;

namespace HeTu
{
    /// <summary>What a client's connection is doing. A new object for each change.</summary>
    public sealed class ConnectionState
    {
        internal ConnectionState(
            ConnectionStatus status,
            int attempt,
            Exception? error = null,
            TimeSpan retryIn = default,
            string? protocol = null,
            bool resumed = false)
        {
            Status = status;
            Attempt = attempt;
            Error = error;
            RetryIn = retryIn;
            Protocol = protocol;
            Resumed = resumed;
        }

        /// <summary>What it is doing.</summary>
        public ConnectionStatus Status { get; }

        /// <summary>Attempts that have failed in a row.</summary>
        public int Attempt { get; }

        /// <summary>When waiting: the time from this change to the next attempt.</summary>
        public TimeSpan RetryIn { get; }

        /// <summary>Why the last connection or attempt ended.</summary>
        public Exception? Error { get; }

        /// <summary>When bootstrapping or connected: <c>hetu.1</c> or <c>hetu.2</c>.</summary>
        public string? Protocol { get; }

        /// <summary>When connected: the server had kept the session, and bootstrap did not run.</summary>
        public bool Resumed { get; }
    }
}
