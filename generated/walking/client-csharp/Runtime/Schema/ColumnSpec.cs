#nullable enable

namespace HeTu
{
    /// <summary>One column of a component, apart from <c>id</c>.</summary>
    public readonly struct ColumnSpec
    {
        /// <summary>Written by generated code.</summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="kind">Its type.</param>
        /// <param name="optional">Not every reader gets it (<c>@permission(owner)</c>): it may be missing or nil.</param>
        public ColumnSpec(string name, ColumnKind kind, bool optional = false)
        {
            Name = name;
            Kind = kind;
            Optional = optional;
        }

        /// <summary>As in the schema.</summary>
        public string Name { get; }

        /// <summary>Its type.</summary>
        public ColumnKind Kind { get; }

        /// <summary>Whether it may be missing or nil.</summary>
        public bool Optional { get; }
    }
}
