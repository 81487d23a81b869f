#nullable enable

namespace HeTu
{
    /// <summary>One field of a struct, an event or an error.</summary>
    public readonly struct FieldSpec
    {
        /// <summary>Written by generated code.</summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="optional">Whether it may be missing or nil.</param>
        public FieldSpec(string name, bool optional = false)
        {
            Name = name;
            Optional = optional;
        }

        /// <summary>As in the schema.</summary>
        public string Name { get; }

        /// <summary>Whether it may be missing or nil.</summary>
        public bool Optional { get; }
    }
}
