#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>A system or endpoint in a description.</summary>
    public sealed class DescribedCallable
    {
        /// <summary>Written by generated code.</summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="parameters">Their types.</param>
        /// <param name="result">Its type; empty when there is none.</param>
        public DescribedCallable(string name, string[] parameters, string result)
        {
            Name = name;
            Parameters = parameters;
            Result = result;
        }

        /// <summary>As in the schema.</summary>
        public string Name { get; }

        /// <summary>Their types.</summary>
        public IReadOnlyList<string> Parameters { get; }

        /// <summary>Its type; empty when there is none.</summary>
        public string Result { get; }
    }
}
