#nullable enable

namespace HeTu
{
    /// <summary>What a query asks the server for, without the type of its rows.</summary>
    internal abstract class QueryParameters
    {
        /// <summary>Rows that a query holds when it is not told otherwise.</summary>
        internal const int DefaultLimit = 1000;

        private protected QueryParameters(
            ComponentType component,
            string indexName,
            int indexNumber,
            byte[] left,
            byte[] right,
            int limit,
            bool descending)
        {
            Component = component;
            IndexName = indexName;
            IndexNumber = indexNumber;
            Left = left;
            Right = right;
            Limit = limit;
            Descending = descending;
        }

        internal ComponentType Component { get; }

        internal string IndexName { get; }

        /// <summary>In this client's description; -1 when it is not from there.</summary>
        internal int IndexNumber { get; }

        /// <summary>The lower bound as MessagePack, the same in both protocols.</summary>
        internal byte[] Left { get; }

        /// <summary>The upper bound as MessagePack.</summary>
        internal byte[] Right { get; }

        internal int Limit { get; }

        internal bool Descending { get; }

        /// <summary>Component and index: what two queries that the server takes for one have in common.</summary>
        internal string Source => $"{Component.Name}.{IndexName}";

        /// <summary>Equal bytes: equal queries.</summary>
        internal byte[] Key()
        {
            var writer = new MessagePackWriter();
            // Those have rows of another type.
            writer.WriteBoolean(Component is UntypedComponent);
            writer.WriteString(Component.Name);
            writer.WriteString(IndexName);
            writer.WriteRaw(Left);
            writer.WriteRaw(Right);
            writer.WriteInt64(Limit);
            writer.WriteBoolean(Descending);
            return writer.ToArray();
        }
    }
}
