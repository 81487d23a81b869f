#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>A component in a description.</summary>
    public sealed class DescribedComponent
    {
        /// <summary>Written by generated code.</summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="columns">All but <c>id</c>.</param>
        /// <param name="indexes">Names of all but that on <c>id</c>, which is number 0; the first here is number 1.</param>
        public DescribedComponent(string name, DescribedField[] columns, string[] indexes)
        {
            Name = name;
            Columns = columns;
            Indexes = indexes;
        }

        /// <summary>As in the schema.</summary>
        public string Name { get; }

        /// <summary>All but <c>id</c>.</summary>
        public IReadOnlyList<DescribedField> Columns { get; }

        /// <summary>Names of all but that on <c>id</c>.</summary>
        public IReadOnlyList<string> Indexes { get; }
    }
}
