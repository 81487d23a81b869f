#nullable enable

namespace HeTu
{
    /// <summary>A system or endpoint without a result.</summary>
    public class Callable
    {
        /// <summary>Written by generated code.</summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="number">Position in the description; -1: it is not from there, and goes by name.</param>
        /// <param name="once"><c>@once</c>: sent with an id, and again with the same id when the link drops.</param>
        public Callable(string name, int number, bool once = false)
        {
            Name = name;
            Number = number;
            Once = once;
        }

        /// <summary>As in the schema.</summary>
        public string Name { get; }

        /// <summary>Position in the description; -1 when it goes by name.</summary>
        public int Number { get; }

        /// <summary>Whether it is sent with an id, and again with the same id when the link drops.</summary>
        public bool Once { get; }
    }
}
