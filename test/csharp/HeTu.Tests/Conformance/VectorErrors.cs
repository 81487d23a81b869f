#nullable enable

using System;
using System.Text.Json.Nodes;
using HeTu.World;

namespace HeTu.Tests.Conformance
{
    /// <summary>Errors as the vectors tell them.</summary>
    internal static class VectorErrors
    {
        internal static string CodeOf(Exception error) =>
            error switch
            {
                HetuException known => known.Code,
                SchemaValueException value => value.Code,
                _ => error.ToString(),
            };

        /// <summary>How a call ended: the code, and the fields of a typed error.</summary>
        internal static JsonObject Outcome(Exception error)
        {
            var outcome = new JsonObject { ["error"] = CodeOf(error) };
            if (error is NotEnoughException typed)
            {
                outcome["fields"] = new JsonObject
                {
                    ["need"] = ApplicationValues.Notation(typed.Need),
                    ["have"] = ApplicationValues.Notation(typed.Have),
                };
            }

            return outcome;
        }
    }
}
