#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>An error or an event in a description.</summary>
    public sealed class DescribedMessage
    {
        /// <summary>Written by generated code.</summary>
        public DescribedMessage(string name, DescribedField[] fields)
        {
            Name = name;
            Fields = fields;
        }

        /// <summary>As in the schema.</summary>
        public string Name { get; }

        /// <summary>In the order of the schema.</summary>
        public IReadOnlyList<DescribedField> Fields { get; }
    }
}
