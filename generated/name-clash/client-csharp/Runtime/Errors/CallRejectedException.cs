#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>
    /// The server refused a call: nothing of it took effect. Each <c>error</c> of the schema is a subclass.
    /// <see cref="HetuException.Code"/> is the name of the error, or a built-in code such as <c>RATE_LIMITED</c>,
    /// <c>FORBIDDEN</c> or <c>TIMEOUT</c>.
    /// </summary>
    public class CallRejectedException : HetuException
    {
        /// <summary>Made by the client.</summary>
        /// <param name="system">The system or endpoint, as the schema calls it.</param>
        /// <param name="code">The error's name, or a built-in code.</param>
        /// <param name="fields">The error's fields as they came.</param>
        public CallRejectedException(string system, string code, object? fields = null)
            : base(code, Describe(system, code, fields))
        {
            System = system;
            Fields = fields;
        }

        /// <summary>The system or endpoint, as the schema calls it.</summary>
        public string System { get; }

        /// <summary>
        /// The fields as they came when the error is of another schema or a built-in one: a dictionary by schema name
        /// (<c>reason</c> of built-in codes), or <c>null</c>. A subclass has its fields as properties.
        /// </summary>
        public object? Fields { get; }

        private static string Describe(string system, string code, object? fields)
        {
            var reason = fields is IReadOnlyDictionary<string, object?> map && map.TryGetValue("reason", out var value)
                ? value as string
                : null;
            return reason == null
                ? $"{system} was rejected: {code}"
                : $"{system} was rejected: {code} ({reason})";
        }
    }
}
