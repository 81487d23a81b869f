#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// How a client behaves. Read when the client is made. A time that is
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> means never.
    /// </summary>
    public sealed class HetuOptions
    {
        /// <summary>Where state changes and handlers run.</summary>
        public HetuLoop Loop { get; set; } = HetuLoop.Automatic;

        /// <summary>Which protocols may be spoken.</summary>
        public HetuProtocols Protocols { get; set; } = HetuProtocols.Automatic;

        /// <summary>Compression and encryption, as the server has them configured.</summary>
        public LayerOptions Layers { get; set; } = new LayerOptions();

        /// <summary>Whether and when to connect again.</summary>
        public ReconnectOptions Reconnect { get; set; } = new ReconnectOptions();

        /// <summary>For opening and the handshake; 10 s.</summary>
        public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

        /// <summary>Until a call or a <c>FetchAsync</c> is given up; 30 s.</summary>
        public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

        /// <summary>Calls that may wait for the connection; 1,000.</summary>
        public int MaxQueued { get; set; } = 1_000;

        /// <summary>Calls and new live queries that may wait for their answers at a time, the others wait unsent; 256.</summary>
        public int MaxInFlight { get; set; } = 256;

        /// <summary>Time without a message from the server until it is asked for one; 20 s.</summary>
        public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(20);

        /// <summary>For its answer before the link counts as dead; 10 s.</summary>
        public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(10);

        /// <summary>Bytes of the largest message that is taken from the server; a larger one drops the link. 64 MiB.</summary>
        public int MaxMessage { get; set; } = 64 * 1024 * 1024;

        /// <summary>
        /// Warn of live queries that are garbage collected without being disposed; <c>null</c>: when a debugger is
        /// attached, and in Unity's editor and development builds.
        /// </summary>
        public bool? WarnOfLeaks { get; set; }

        /// <summary>Takes warnings; <c>null</c>: standard error, or Unity's console.</summary>
        public Action<string>? Warn { get; set; }

        /// <summary>Another way to reach the server; <c>null</c>: the platform's WebSocket.</summary>
        public ITransport? Transport { get; set; }

        /// <summary>For tests: time and timers.</summary>
        public IClock? Clock { get; set; }

        /// <summary>For tests: from 0 to 1, 1 excluded.</summary>
        public Func<double>? Random { get; set; }
    }
}
