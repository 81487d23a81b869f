#nullable enable

namespace HeTu
{
    /// <summary>One <c>event</c> of the schema.</summary>
    public sealed class EventSpec<T> : EventSpec
        where T : class
    {
        /// <summary>Written by generated code.</summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="number">Position in the description.</param>
        /// <param name="read">Reads the event; its errors have an empty path, or one below the event.</param>
        public EventSpec(string name, int number, ValueReader<T> read)
            : base(name, number, typeof(T))
        {
            Read = read;
        }

        internal ValueReader<T> Read { get; }
    }
}
