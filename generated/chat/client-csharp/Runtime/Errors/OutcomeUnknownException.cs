#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// The call was sent and its answer will not come: the link dropped, its time ran out, or it was cancelled. It may
    /// have taken effect or not. Systems marked <c>@once</c> are sent again instead when a link drops.
    /// </summary>
    public sealed class OutcomeUnknownException : HetuException
    {
        /// <summary>Made by the client.</summary>
        public OutcomeUnknownException(string system, string why, Exception? cause = null)
            : base("OUTCOME_UNKNOWN", $"{system} was sent, then {why}: it may have taken effect or not", cause)
        {
            System = system;
        }

        /// <summary>The system or endpoint, as the schema calls it.</summary>
        public string System { get; }
    }
}
