#nullable enable

namespace HeTu
{
    /// <summary>One <c>error</c> of the schema.</summary>
    public sealed class ErrorSpec
    {
        /// <summary>Written by generated code.</summary>
        /// <param name="name">As in the schema: the code of the exception.</param>
        /// <param name="number">Position in the description.</param>
        /// <param name="read">Makes the exception.</param>
        public ErrorSpec(string name, int number, ErrorReader read)
        {
            Name = name;
            Number = number;
            Read = read;
        }

        /// <summary>As in the schema.</summary>
        public string Name { get; }

        /// <summary>Position in the description.</summary>
        public int Number { get; }

        internal ErrorReader Read { get; }
    }
}
