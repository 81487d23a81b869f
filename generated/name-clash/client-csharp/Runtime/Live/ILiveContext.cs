#nullable enable

using System;

namespace HeTu
{
    /// <summary>What a live query needs of its client.</summary>
    internal interface ILiveContext
    {
        Subscriptions Subscriptions { get; }

        /// <summary>Where everything is told.</summary>
        Loop Loop { get; }

        /// <summary>Whether queries that become garbage without <c>Dispose</c> are reported.</summary>
        bool WarnsOfLeaks { get; }

        /// <summary>Until a question that is answered once is given up; infinite: never.</summary>
        TimeSpan CallTimeout { get; }

        /// <summary>What the connection is doing.</summary>
        ConnectionStatus Status { get; }

        /// <summary>Takes what a handler threw.</summary>
        void Report(Exception thrown);

        /// <summary>Tells the developer of a mistake.</summary>
        void Warn(string text);
    }
}
