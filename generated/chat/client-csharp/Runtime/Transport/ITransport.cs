#nullable enable

namespace HeTu
{
    /// <summary>A way to reach a server.</summary>
    public interface ITransport
    {
        /// <summary>
        /// Whether a connection is opened although the server selects none of the offered subprotocols. Where it is not
        /// (browsers), the client dials again without offering any.
        /// </summary>
        bool OpensWithoutSelection { get; }

        /// <summary>Begins to connect. What it throws is final: the client does not try again.</summary>
        /// <param name="url">As the client was given it.</param>
        /// <param name="subprotocol">To be offered; <c>null</c>: none.</param>
        /// <param name="maxMessage">Bytes of the largest message that is taken.</param>
        /// <param name="events">Told what happens; nothing before this method has returned.</param>
        ITransportSocket Open(string url, string? subprotocol, int maxMessage, ITransportEvents events);
    }
}
