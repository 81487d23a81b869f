#nullable enable

using System;

namespace HeTu
{
    /// <summary>Whether and when a client connects again.</summary>
    public sealed class ReconnectOptions
    {
        /// <summary>The first loss closes the client.</summary>
        public static ReconnectOptions Never => new ReconnectOptions { MaxAttempts = 0 };

        /// <summary>Upper bound of the first wait; 250 ms.</summary>
        public TimeSpan BaseDelay { get; set; } = TimeSpan.FromMilliseconds(250);

        /// <summary>Upper bound of every wait; 15 s.</summary>
        public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(15);

        /// <summary>Attempts in a row that may fail before the client closes; <c>null</c>: no limit.</summary>
        public int? MaxAttempts { get; set; }

        /// <summary>
        /// Whether to try again after this loss; <c>false</c> closes the client. When it is <c>null</c>, all but the close
        /// codes 4001 (the same user logged in elsewhere), 4003 (the server refuses the connection), 4004 (no such instance) and
        /// 4005 (it refuses the layers or their secret).
        /// </summary>
        public Func<ConnectionLostException, bool>? When { get; set; }
    }
}
