#nullable enable

using System.Collections.Generic;

namespace HeTu.Tests.Conformance
{
    /// <summary>A transport whose links are directed by a vector.</summary>
    internal sealed class VectorTransport : ITransport
    {
        public bool OpensWithoutSelection => true;

        internal List<VectorLink> Links { get; } = new List<VectorLink>();

        public ITransportSocket Open(string url, string? subprotocol, int maxMessage, ITransportEvents events)
        {
            var link = new VectorLink(subprotocol, events);
            Links.Add(link);
            return link;
        }
    }
}
