#nullable enable

namespace HeTu
{
    /// <summary>What bootstrap is given: calls made with it go out at once, before all that waits for the connection.</summary>
    public sealed class BootstrapScope
    {
        internal BootstrapScope(CallScope calls, int connections)
        {
            Calls = calls;
            Connections = connections;
        }

        /// <summary>For the constructor of the generated systems.</summary>
        public CallScope Calls { get; }

        /// <summary>0 on the first connection of this client, 1 on the next, and so on.</summary>
        public int Connections { get; }
    }
}
