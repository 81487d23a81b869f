#nullable enable

namespace HeTu
{
    /// <summary>How the server of one link has a callable.</summary>
    internal sealed class CallableWire
    {
        /// <param name="number">In the server's description; -1: it goes by name.</param>
        /// <param name="mismatch">Why it cannot be used over this link.</param>
        internal CallableWire(int number, SchemaMismatchException? mismatch)
        {
            Number = number;
            Mismatch = mismatch;
        }

        internal int Number { get; }

        internal SchemaMismatchException? Mismatch { get; }
    }
}
