#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// Base of the errors of this client, apart from <see cref="SchemaValueException"/>, which is an
    /// <see cref="ArgumentException"/>. <see cref="Code"/> is stable; texts are for people and may change.
    /// </summary>
    public abstract class HetuException : Exception
    {
        /// <summary>Made by the client.</summary>
        protected HetuException(string code, string message, Exception? innerException = null)
            : base(message, innerException)
        {
            Code = code;
        }

        /// <summary>What went wrong, for programs: <c>OUTCOME_UNKNOWN</c>, the name of an error of the schema, and so on.</summary>
        public string Code { get; }
    }
}
