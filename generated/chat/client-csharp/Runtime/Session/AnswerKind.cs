#nullable enable

namespace HeTu
{
    /// <summary>Which frames answer a request.</summary>
    internal enum AnswerKind
    {
        /// <summary>Result, rejection or failure.</summary>
        Call,

        /// <summary>Subscribed, caught up or refused.</summary>
        Subscription,

        /// <summary>Page or refused.</summary>
        Page,

        /// <summary>The time; a server without a clock rejects.</summary>
        Clock,
    }
}
