#nullable enable

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>
    /// A session with a server: calls, live queries and events, across reconnects. Generated code derives a client for
    /// each namespace; made directly, it goes by names. Its methods may be called from any thread.
    /// </summary>
    public partial class HetuClient : IDisposable, IAsyncDisposable
    {
        private readonly Func<BootstrapScope, Task>? bootstrap;
        private readonly ILiveQueries? live;
        private readonly Action<string> warn;

        /// <summary>A client without generated code. Starts to connect.</summary>
        /// <param name="url"><c>ws://127.0.0.1:2466/hetu/walking</c></param>
        /// <param name="options">How it behaves.</param>
        /// <param name="bootstrap">
        /// Runs after each connect and reconnect, before anything else is sent: log in here. A call that the server
        /// rejects for good, and an error of your own, close the client; what may pass is tried again on a new connection.
        /// </param>
        /// <exception cref="ArgumentException">When the URL begins with neither <c>ws://</c> nor <c>wss://</c>.</exception>
        /// <exception cref="ArgumentOutOfRangeException">When an option makes no sense.</exception>
        public HetuClient(string url, HetuOptions? options = null, Func<UntypedBootstrap, Task>? bootstrap = null)
            : this(url, Schema.Untyped, options, Adapt(bootstrap))
        {
        }

        /// <summary>Called by generated code. Starts to connect.</summary>
        /// <param name="url">Of the instance.</param>
        /// <param name="schema">Of the namespace.</param>
        /// <param name="options">How it behaves.</param>
        /// <param name="bootstrap">Runs after each connect.</param>
        /// <exception cref="ArgumentException">When the URL begins with neither <c>ws://</c> nor <c>wss://</c>.</exception>
        /// <exception cref="ArgumentOutOfRangeException">When an option makes no sense.</exception>
        protected HetuClient(
            string url,
            Schema schema,
            HetuOptions? options,
            Func<BootstrapScope, Task>? bootstrap)
        {
            Options = options ?? new HetuOptions();
            // A transport of the application may have addresses of its own.
            if (Options.Transport == null) CheckUrl(url);
            Schema = schema;
            this.bootstrap = bootstrap;
            warn = Options.Warn ?? Platform.Warn;
            var settings = new Settings(Options, Options.Transport ?? Platform.Transport());
            Loop = Loops.Choose(Options);
            Loop.OnError = Report;
            Events = new HetuEvents(schema, Loop, Report);
            Session = new Session(url, Loop, settings, schema, new Parts(this));
            Calls = new CallScope(Session, false, null);
            CreateLiveQueries(ref live);
            Platform.Attach(this);
            // Posted: handlers that are attached right after the constructor hear of all that it leads to.
            Loop.Post(Session.Start);
        }

        /// <summary>The connection does something else now. Called on the client's loop.</summary>
        public event Action<ConnectionState>? OnConnection;

        /// <summary>
        /// Takes what handlers throw and events that cannot be read. Without a handler it goes where warnings go.
        /// </summary>
        public event Action<Exception>? OnError;

        /// <summary>What the connection is doing. The same object until it changes.</summary>
        public ConnectionState Connection => Session.State;

        /// <summary>What the server sends by itself.</summary>
        public HetuEvents Events { get; }

        /// <summary>How the calls of this client are made, for generated code.</summary>
        protected CallScope Calls { get; }

        internal Schema Schema { get; }

        internal HetuOptions Options { get; }

        internal Loop Loop { get; }

        internal Session Session { get; }

        /// <summary>
        /// In pump mode, runs what has come and the timers whose time has come. Elsewhere it does nothing. Always to be
        /// called by the same thread; what that thread asks of the client between two ticks happens at once.
        /// </summary>
        public void Tick() => (Loop as PumpLoop)?.Tick();

        /// <summary>
        /// The network may be back, or the machine was asleep: asks a server for a sign of life at once, and cuts the wait
        /// for the next attempt short. In Unity it is called when the application gets its focus back, and when the
        /// browser is online again.
        /// </summary>
        public void CheckConnection() => Loop.Run(Session.CheckConnection);

        /// <summary>Ends once calls go out at once.</summary>
        /// <param name="cancellationToken">Ends the waiting.</param>
        /// <exception cref="ConnectionClosedException">When the client closes before.</exception>
        public Task ConnectedAsync(CancellationToken cancellationToken = default)
        {
            var waiting = new ConnectionWait(this, cancellationToken);
            Loop.Run(waiting.Start);
            return waiting.Task;
        }

        /// <summary>
        /// Ends the session for good: calls that wait fail with <see cref="ConnectionClosedException"/>, calls under way
        /// with <see cref="OutcomeUnknownException"/>, live queries keep their last rows. Calling it again does nothing.
        /// </summary>
        public void Close() => Loop.Run(() => Session.Close(null));

        /// <summary>The same as <see cref="Close"/>.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Closes, and ends once the client has closed.</summary>
        public async ValueTask DisposeAsync()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
            if (Loop is PumpLoop) return;
            var closed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            Loop.Run(() => closed.TrySetResult(true));
            await closed.Task.ConfigureAwait(false);
        }

        /// <summary>Closes.</summary>
        /// <param name="disposing">Always <c>true</c>.</param>
        protected virtual void Dispose(bool disposing)
        {
            if (disposing) Close();
        }

        internal void Warn(string text)
        {
            try
            {
                warn($"hetu: {text}");
            }
            catch (Exception)
            {
                // There is nobody left to tell, and the loop must go on.
            }
        }

        internal void Report(Exception error)
        {
            var handlers = OnError;
            if (handlers == null) Warn(error.ToString());
            else Handlers.Invoke(handlers, error, inner => Warn(inner.ToString()));
        }

        /// <summary>Implemented beside the live queries, so that this class does not depend on them.</summary>
        partial void CreateLiveQueries(ref ILiveQueries? created);

        private static void CheckUrl(string url)
        {
            if (url.StartsWith("ws://", StringComparison.OrdinalIgnoreCase)) return;
            if (url.StartsWith("wss://", StringComparison.OrdinalIgnoreCase)) return;
            throw new ArgumentException($"the URL of a server begins with ws:// or wss://; got {url}", nameof(url));
        }

        private static Func<BootstrapScope, Task>? Adapt(Func<UntypedBootstrap, Task>? bootstrap)
        {
            if (bootstrap == null) return null;
            return scope => bootstrap(new UntypedBootstrap(scope));
        }

        private sealed class Parts : ISessionParts
        {
            private readonly HetuClient client;

            internal Parts(HetuClient client)
            {
                this.client = client;
            }

            public void Began(WireSchema wire) => client.Events.Begin(wire);

            public Task Bootstrap(int connections)
            {
                var scope = new CallScope(client.Session, true, null);
                return client.bootstrap?.Invoke(new BootstrapScope(scope, connections)) ?? Task.CompletedTask;
            }

            public IReadOnlyList<Request> Restore(bool resumed) =>
                client.live?.Restore(resumed) ?? Array.Empty<Request>();

            public void Called() => client.live?.Called();

            public void Lost() => client.live?.Lost();

            public void Pushed(ref ServerFrame frame)
            {
                if (frame.Kind == FrameKind.Event) client.Events.Take(frame.Code ?? "", frame.Body);
                else client.live?.Updated(ref frame);
            }

            public void StateChanged(ConnectionState state) => Handlers.Invoke(client.OnConnection, state, client.Report);

            public void Report(Exception error) => client.Report(error);

            public void Closed(Exception? error)
            {
                client.live?.Closed(error);
                client.Loop.Finish();
            }
        }
    }
}
