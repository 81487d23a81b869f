#nullable enable

using System;

namespace HeTu.LiveTests.Support
{
    /// <summary>What a call of a player in another process has ended with.</summary>
    internal sealed class RejectedException : Exception
    {
        internal RejectedException(string type, string code, string text)
            : base($"{type} {code} {text}")
        {
            Type = type;
            Code = code;
            Text = text;
        }

        /// <summary>The name of its class there.</summary>
        internal string Type { get; }

        internal string Code { get; }

        internal string Text { get; }
    }
}
