#nullable enable

using System;
using System.Collections.Generic;
#if !UNITY_5_3_OR_NEWER
using System.Diagnostics;
#endif

namespace HeTu
{
    /// <content>Live queries.</content>
    public partial class HetuClient
    {
        private readonly Dictionary<string, UntypedComponent> untyped = new Dictionary<string, UntypedComponent>();
        private LiveContext? queries;

        /// <summary>The link has dropped: what live queries show may be out of date from now on.</summary>
        public event Action OnStale
        {
            add => Live.Subscriptions.Stales.Add(value);
            remove => Live.Subscriptions.Stales.Remove(value);
        }

        /// <summary>
        /// After a reconnect, all live queries are up to date again and their differences have been told.
        /// </summary>
        public event Action OnResynced
        {
            add => Live.Subscriptions.Resyncs.Add(value);
            remove => Live.Subscriptions.Resyncs.Remove(value);
        }

        /// <summary>
        /// Whether the link has dropped and the live queries have not all been brought up to date since.
        /// </summary>
        public bool IsStale => Live.Subscriptions.IsStale;

        private LiveContext Live => queries!;

        /// <summary>Begins a query: <c>client.Query&lt;Position&gt;().Range(Position.Index.X, 0f, 10f)</c>.</summary>
        /// <typeparam name="TRow">The rows of a component of the namespace.</typeparam>
        /// <exception cref="ArgumentException">
        /// The namespace of this client has no component with these rows.
        /// </exception>
        public Query<TRow> Query<TRow>()
            where TRow : class, IRow => new Query<TRow>(Live, Schema.Component<TRow>());

        /// <summary>Begins a query of a component, for example of a copy: separate tables of their own.</summary>
        /// <param name="component">Of the namespace.</param>
        public Query<TRow> Query<TRow>(ComponentType<TRow> component)
            where TRow : class, IRow =>
            new Query<TRow>(Live, component ?? throw new ArgumentNullException(nameof(component)));

        /// <summary>Starts a live query of a component by name, for tools.</summary>
        /// <param name="component">As in the schema; a copy is <c>Name:suffix</c>.</param>
        /// <param name="index">The names of its columns joined by <c>,</c>.</param>
        /// <param name="left">
        /// The lower bound: a number, a text, a bool, a list of the leading columns of a composite index; <c>null</c>:
        /// none. A text that begins with <c>(</c> is exclusive, also where numbers are meant; with <c>[</c>, what
        /// follows is the text.
        /// </param>
        /// <param name="right">
        /// The upper bound; <c>null</c>: equal to the lower one, or none when that is <c>null</c>, too.
        /// </param>
        /// <param name="limit">Rows at most.</param>
        /// <param name="descending">From the greatest to the least.</param>
        /// <returns>To be disposed.</returns>
        /// <exception cref="SchemaValueException">
        /// When a bound is of a type that does not travel, or the limit is less than 1.
        /// </exception>
        public LiveRange<UntypedRow> Query(
            string component,
            string index,
            object? left = null,
            object? right = null,
            int limit = QueryParameters.DefaultLimit,
            bool descending = false)
        {
            if (component == null) throw new ArgumentNullException(nameof(component));
            if (index == null) throw new ArgumentNullException(nameof(index));
            UntypedComponent? type;
            lock (untyped)
            {
                if (!untyped.TryGetValue(component, out type))
                {
                    type = new UntypedComponent(component);
                    untyped.Add(component, type);
                }
            }

            var query = UntypedQuery.Of(Live, type, index, left, right).Limit(limit);
            return (descending ? query.Descending() : query).Subscribe();
        }

        partial void CreateLiveQueries(ref ILiveQueries? created)
        {
            queries = new LiveContext(this);
            created = queries.Subscriptions;
        }

        private sealed class LiveContext : ILiveContext
        {
            private readonly HetuClient client;

            internal LiveContext(HetuClient client)
            {
                this.client = client;
                Subscriptions = new Subscriptions(client.Session, client.Loop, client.Report);
                CallTimeout = client.Options.CallTimeout;
                WarnsOfLeaks = client.Options.WarnOfLeaks ?? IsDevelopment;
            }

            public Subscriptions Subscriptions { get; }

            public Loop Loop => client.Loop;

            public bool WarnsOfLeaks { get; }

            public TimeSpan CallTimeout { get; }

            public ConnectionStatus Status => client.Session.State.Status;

#if UNITY_EDITOR || DEVELOPMENT_BUILD
            private static bool IsDevelopment => true;
#elif UNITY_5_3_OR_NEWER
            private static bool IsDevelopment => false;
#else
            private static bool IsDevelopment => Debugger.IsAttached;
#endif

            public void Report(Exception thrown) => client.Report(thrown);

            public void Warn(string text) => client.Warn(text);
        }
    }
}
