#nullable enable

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace HeTu
{
    /// <content>Links: dialling, what comes before they are used, and what follows their loss.</content>
    internal sealed partial class Session : ILinkEvents
    {
        /// <summary>A connection that worked for this long starts the backoff anew.</summary>
        private static readonly TimeSpan Stable = TimeSpan.FromSeconds(10);

        /// <summary>URLs whose server selects no subprotocol, where that fails the connection.</summary>
        private static readonly ConcurrentDictionary<string, bool> KnownHetu1 = new ConcurrentDictionary<string, bool>();

        /// <summary>Restored after a reconnect and not answered yet.</summary>
        private readonly HashSet<Request> restoring = new HashSet<Request>();
        private LoopTimer? retry;
        private int connections;
        private TimeSpan connectedAt;

        /// <summary>hetu.2: from the last welcome.</summary>
        private byte[]? token;

        /// <summary>hetu.2: all that was committed before has been seen by every live query.</summary>
        private long position;

        /// <summary>The last attempt failed before it was opened: perhaps for the subprotocol that it offered.</summary>
        private bool isRedial;

        void ILinkEvents.Opened(Link opened, bool resumed)
        {
            if (opened.Protocol == "hetu.1" && isRedial) KnownHetu1[url] = true;
            isRedial = false;
            token = opened.Token;
            if (opened.Wire.IsHetu2 || !schema.UsesOnce)
            {
                Prepare(opened, resumed);
                return;
            }

            opened.Send(new ClockRequest(onceIds, () => Prepare(opened, resumed)));
        }

        void ILinkEvents.Pushed(ref ServerFrame frame) => parts.Pushed(ref frame);

        void ILinkEvents.Answered(Request request)
        {
            Restored(request);
            Flush();
        }

        void ILinkEvents.Impossible(Link failed, Exception error)
        {
            if (link == failed) Close(error);
        }

        void ILinkEvents.Lost(Link lost, ConnectionLostException reason, List<Request> unanswered)
        {
            if (link == lost) Recover(lost, reason, unanswered);
            else GiveUp(unanswered, "the client was closed", null);
        }

        private void Dial()
        {
            var allowed = settings.Protocols;
            var canFallBack = (allowed & HetuProtocols.Hetu1) != 0;
            var offers = (allowed & HetuProtocols.Hetu2) != 0
                && !(canFallBack && (isRedial || KnownHetu1.ContainsKey(url)));
            try
            {
                link = new Link(
                    url,
                    offers,
                    loop,
                    settings,
                    schema,
                    onceIds,
                    new LinkResume(token, position),
                    this);
            }
            catch (Exception error)
            {
                Close(error);
            }
        }

        /// <summary>From the handshake to connected.</summary>
        private void Prepare(Link opened, bool resumed)
        {
            if (link != opened) return;
            if (resumed)
            {
                Connect(opened, true);
                return;
            }

            SetState(new ConnectionState(
                ConnectionStatus.Bootstrapping,
                state.Attempt,
                state.Error,
                protocol: opened.Protocol));
            if (link != opened) return;
            Task running;
            try
            {
                running = parts.Bootstrap(connections);
            }
            catch (Exception error)
            {
                BootstrapFailed(opened, error);
                return;
            }

            if (running.IsCompleted) Bootstrapped(opened, running);
            else running.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => loop.Post(() => Bootstrapped(opened, running)));
        }

        private void Bootstrapped(Link opened, Task done)
        {
            if (link != opened) return;
            if (done.IsCanceled) BootstrapFailed(opened, new OperationCanceledException("bootstrap was cancelled"));
            else if (done.Exception != null) BootstrapFailed(opened, done.Exception.InnerException ?? done.Exception);
            else Connect(opened, false);
        }

        private void Connect(Link opened, bool resumed)
        {
            connections++;
            connectedAt = loop.Now;
            // Connected before anybody is told: live queries that a handler starts are sent, too.
            var connected = new ConnectionState(
                ConnectionStatus.Connected,
                state.Attempt,
                protocol: opened.Protocol,
                resumed: resumed);
            state = connected;
            var restored = parts.Restore(resumed);
            restoring.UnionWith(restored);
            queue.Prepend(restored);
            if (link == opened) parts.StateChanged(connected);
            Flush();
        }

        private void BootstrapFailed(Link opened, Exception error)
        {
            var passes = error is CallFailedException || error is OutcomeUnknownException
                || error is ConnectionLostException || (error is CallRejectedException && SaysNothingOfTheCall(error));
            if (passes) opened.Close($"bootstrap failed: {error.Message}");
            else Close(error);
        }

        /// <summary>Rejections after which bootstrap may succeed next time.</summary>
        private static bool SaysNothingOfTheCall(Exception error)
        {
            switch (((CallRejectedException)error).Code)
            {
                case "RATE_LIMITED":
                case "TIMEOUT":
                case "RETRIES_EXHAUSTED":
                case "SHUTTING_DOWN":
                    return true;
                default:
                    return false;
            }
        }

        /// <summary>The link dropped by itself.</summary>
        private void Recover(Link lost, ConnectionLostException reason, List<Request> unanswered)
        {
            link = null;
            Remember(lost);
            if (MayBeForSubprotocol(lost))
            {
                isRedial = true;
                Dial();
                return;
            }

            isRedial = false;
            var wasConnected = state.Status == ConnectionStatus.Connected;
            var attempt = wasConnected && loop.Now - connectedAt >= Stable ? 0 : state.Attempt;
            GiveUp(unanswered, reason.Message, reason);
            if (state.Status == ConnectionStatus.Closed) return;
            if (attempt >= settings.MaxAttempts || !MayReconnect(reason))
            {
                Close(reason);
                return;
            }

            var delay = Backoff.Delay(attempt, settings);
            var waiting = new ConnectionState(ConnectionStatus.Waiting, attempt + 1, reason, delay);
            retry = loop.SetTimer(delay, () => DialAgain(attempt + 1, reason));
            state = waiting;
            if (wasConnected) parts.Lost();
            // A handler may have closed the client.
            if (state == waiting) parts.StateChanged(waiting);
        }

        private void DialAgain(int attempt, ConnectionLostException reason)
        {
            SetState(new ConnectionState(ConnectionStatus.Connecting, attempt, reason));
            if (state.Status == ConnectionStatus.Connecting) Dial();
        }

        private bool MayReconnect(ConnectionLostException reason)
        {
            try
            {
                return settings.ReconnectWhen(reason);
            }
            catch (Exception error)
            {
                parts.Report(error);
                return false;
            }
        }

        /// <summary>Where a connection fails whose subprotocols the server leaves alone, it may work without.</summary>
        private bool MayBeForSubprotocol(Link lost) =>
            !lost.WasOpened && lost.OffersHetu2 && !isRedial && !settings.Transport.OpensWithoutSelection
                && (settings.Protocols & HetuProtocols.Hetu1) != 0;

        /// <summary>A position counts once every live query has reached it.</summary>
        private void Remember(Link lost)
        {
            if (restoring.Count == 0 && lost.Position > position) position = lost.Position;
            restoring.Clear();
        }

        private void Restored(Request request)
        {
            restoring.Remove(request);
        }

        /// <summary>Decides what becomes of requests whose answers will not come, and of live queries that were not yet sent.</summary>
        private void GiveUp(List<Request> unanswered, string why, Exception? cause)
        {
            var again = new List<Request>();
            var isOpen = state.Status != ConnectionStatus.Closed;
            foreach (var request in unanswered)
            {
                if (!(request is Call call) || call.Settled) continue;
                if (call.SendAgain && isOpen) again.Add(call);
                else call.OutcomeUnknown(why, cause);
            }

            foreach (var request in queue.Drain())
            {
                if (request is Call) again.Add(request);
            }

            queue.Prepend(again);
        }
    }
}
