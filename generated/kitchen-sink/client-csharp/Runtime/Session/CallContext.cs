#nullable enable

using System;

namespace HeTu
{
    /// <summary>What the calls of a session have in common.</summary>
    internal sealed class CallContext
    {
        internal CallContext(Loop loop, OnceIds onceIds, Action succeeded)
        {
            Loop = loop;
            OnceIds = onceIds;
            Succeeded = succeeded;
        }

        internal Loop Loop { get; }

        internal OnceIds OnceIds { get; }

        /// <summary>A call has taken effect, also when the application has given it up.</summary>
        internal Action Succeeded { get; }
    }
}
