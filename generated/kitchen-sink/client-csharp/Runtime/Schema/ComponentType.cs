#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>One component of a schema, without the type of its rows.</summary>
    public abstract class ComponentType
    {
        private protected ComponentType(string name, int number, ColumnSpec[] columns)
        {
            Name = name;
            BaseName = name;
            Number = number;
            Columns = columns;
        }

        /// <summary>The name in the schema; that of a copy is <c>Name:Suffix</c>.</summary>
        public string Name { get; private set; }

        /// <summary>The name in the schema, also of a copy.</summary>
        public string BaseName { get; }

        /// <summary>Position in the description of this client's schema; -1 when it is not from there.</summary>
        public int Number { get; }

        /// <summary>All columns but <c>id</c>, in the order of the description.</summary>
        public IReadOnlyList<ColumnSpec> Columns { get; }

        /// <summary>Whether it is a copy: a separate table called <c>Name:Suffix</c>.</summary>
        public bool IsCopy => Name.Length != BaseName.Length;

        private protected ComponentType Clone(string suffix)
        {
            var copy = (ComponentType)MemberwiseClone();
            copy.Name = $"{BaseName}:{suffix}";
            return copy;
        }
    }
}
