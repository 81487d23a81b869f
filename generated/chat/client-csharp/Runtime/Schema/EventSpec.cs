#nullable enable

using System;

namespace HeTu
{
    /// <summary>One <c>event</c> of the schema, without its type.</summary>
    public abstract class EventSpec
    {
        private protected EventSpec(string name, int number, Type type)
        {
            Name = name;
            Number = number;
            Type = type;
        }

        /// <summary>As in the schema.</summary>
        public string Name { get; }

        /// <summary>Position in the description.</summary>
        public int Number { get; }

        /// <summary>The generated class; it is only compared, never looked into.</summary>
        internal Type Type { get; }
    }
}
