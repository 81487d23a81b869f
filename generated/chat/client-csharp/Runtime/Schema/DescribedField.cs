#nullable enable

namespace HeTu
{
    /// <summary>A column or a field in a description.</summary>
    public readonly struct DescribedField
    {
        /// <summary>Written by generated code.</summary>
        public DescribedField(string name, string type)
        {
            Name = name;
            Type = type;
        }

        /// <summary>As in the schema.</summary>
        public string Name { get; }

        /// <summary>As the description spells it: <c>f32</c>, <c>[i32]</c>, <c>{gold:i32,note:string?}</c>.</summary>
        public string Type { get; }
    }
}
