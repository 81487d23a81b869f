#nullable enable

using System;
using System.Threading;

namespace HeTu
{
    /// <summary><see cref="HetuOptions"/>, checked and without gaps.</summary>
    internal sealed class Settings
    {
        internal Settings(HetuOptions options, ITransport transport)
        {
            var reconnect = options.Reconnect;
            BaseDelay = Finite("Reconnect.BaseDelay", reconnect.BaseDelay);
            MaxDelay = Finite("Reconnect.MaxDelay", reconnect.MaxDelay);
            MaxAttempts = reconnect.MaxAttempts ?? int.MaxValue;
            ReconnectWhen = reconnect.When ?? IsPassing;
            ConnectTimeout = Positive("ConnectTimeout", options.ConnectTimeout);
            CallTimeout = Positive("CallTimeout", options.CallTimeout);
            KeepAlive = Positive("KeepAlive", options.KeepAlive);
            KeepAliveTimeout = Positive("KeepAliveTimeout", options.KeepAliveTimeout);
            MaxQueued = Positive("MaxQueued", options.MaxQueued);
            MaxInFlight = Positive("MaxInFlight", options.MaxInFlight);
            MaxMessage = Positive("MaxMessage", options.MaxMessage);
            Protocols = options.Protocols & HetuProtocols.Automatic;
            if (Protocols == 0) throw new ArgumentOutOfRangeException(nameof(options), "option Protocols must name a protocol");
            Layers = new LayerOptions { Hetu1 = options.Layers.Hetu1, Hetu2 = options.Layers.Hetu2 };
            Transport = transport;
            Random = options.Random ?? RandomNumber.Next;
        }

        internal TimeSpan BaseDelay { get; }

        internal TimeSpan MaxDelay { get; }

        internal int MaxAttempts { get; }

        internal Func<ConnectionLostException, bool> ReconnectWhen { get; }

        internal TimeSpan ConnectTimeout { get; }

        internal TimeSpan CallTimeout { get; }

        internal TimeSpan KeepAlive { get; }

        internal TimeSpan KeepAliveTimeout { get; }

        internal int MaxQueued { get; }

        internal int MaxInFlight { get; }

        internal int MaxMessage { get; }

        internal HetuProtocols Protocols { get; }

        internal LayerOptions Layers { get; }

        internal ITransport Transport { get; }

        internal Func<double> Random { get; }

        /// <summary>Kicked, refused, unknown instance, other layers: the server means it, and would say it again.</summary>
        private static bool IsPassing(ConnectionLostException loss) =>
            loss.CloseCode != 4001 && loss.CloseCode != 4003 && loss.CloseCode != 4004
                && loss.CloseCode != Handshake.LayersRefused;

        private static TimeSpan Finite(string name, TimeSpan value) =>
            value > TimeSpan.Zero ? value : Positive(name, TimeSpan.Zero);

        private static TimeSpan Positive(string name, TimeSpan value)
        {
            if (value > TimeSpan.Zero || value == Timeout.InfiniteTimeSpan) return value;
            throw new ArgumentOutOfRangeException(name, value, $"option {name} must be a time above 0");
        }

        private static int Positive(string name, int value)
        {
            if (value > 0) return value;
            throw new ArgumentOutOfRangeException(name, value, $"option {name} must be a number above 0");
        }
    }
}
