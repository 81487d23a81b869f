#nullable enable

using System;

namespace HeTu
{
    /// <summary>What a live query needs of its client.</summary>
    internal interface ILiveContext
    {
        Subscriptions Subscriptions { get; }

        /// <summary>Whether queries that become garbage without <c>Dispose</c> are reported.</summary>
        bool WarnsOfLeaks { get; }

        /// <summary>Runs it on the loop: at once when called there, else when its turn comes.</summary>
        void Run(Action action);

        /// <summary>Runs it on the loop, after what runs there now.</summary>
        void Post(Action action);

        /// <summary>Takes what a handler threw.</summary>
        void Report(Exception thrown);

        /// <summary>Tells the developer of a mistake.</summary>
        void Warn(string text);
    }
}
