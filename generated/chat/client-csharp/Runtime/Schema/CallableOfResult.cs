#nullable enable

namespace HeTu
{
    /// <summary>A system or endpoint with a result.</summary>
    public sealed class Callable<TResult> : Callable
    {
        /// <summary>Written by generated code.</summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="number">Position in the description; -1: it is not from there, and goes by name.</param>
        /// <param name="once"><c>@once</c>: sent with an id, and again with the same id when the link drops.</param>
        /// <param name="read">Reads the result; its errors have an empty path, or one below the result.</param>
        public Callable(string name, int number, bool once, ValueReader<TResult> read)
            : base(name, number, once)
        {
            Read = read;
        }

        internal ValueReader<TResult> Read { get; }
    }
}
