#nullable enable

using System;

namespace HeTu
{
    /// <summary>How the calls of a set of systems are made: by which client, with which limit, in bootstrap or after it.</summary>
    public sealed class CallScope
    {
        internal CallScope(Session session, bool urgent, TimeSpan? timeout)
        {
            Session = session;
            Urgent = urgent;
            Timeout = timeout;
        }

        /// <summary>Until a call is given up; <c>null</c>: what the client's options say.</summary>
        public TimeSpan? Timeout { get; }

        internal Session Session { get; }

        /// <summary>Out at once, on the link that bootstrap runs on.</summary>
        internal bool Urgent { get; }

        /// <summary>The same with another limit.</summary>
        /// <param name="timeout">Until a call is given up; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>: never.</param>
        public CallScope WithTimeout(TimeSpan timeout)
        {
            if (timeout <= TimeSpan.Zero && timeout != System.Threading.Timeout.InfiniteTimeSpan)
            {
                throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "must be positive, or Timeout.InfiniteTimeSpan");
            }

            return new CallScope(Session, Urgent, timeout);
        }
    }
}
