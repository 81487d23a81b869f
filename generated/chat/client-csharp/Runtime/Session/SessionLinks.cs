#nullable enable

using System;
using System.Collections.Generic;

namespace HeTu
{
    /// <content>Links: dialling, what comes before they are used, and what follows their loss.</content>
    internal sealed partial class Session : ILinkEvents
    {
        /// <summary>A connection that worked for this long starts the backoff anew.</summary>
        private static readonly TimeSpan Stable = TimeSpan.FromSeconds(10);

        /// <summary>Restored after a reconnect and not answered yet.</summary>
        private readonly HashSet<Request> restoring = new HashSet<Request>();
        private LoopTimer? retry;
        private TimeSpan retryAt;
        private Action? dialAgain;
        private int connections;
        private TimeSpan connectedAt;

        /// <summary>hetu.2: where to go on after the link has dropped. A token is good for one attempt.</summary>
        private LinkResume resume;

        /// <summary>Whether the session of the present link is the one whose rows are shown.</summary>
        private bool isResumed;

        /// <summary>hetu.2: all that was committed before has been seen by every live query.</summary>
        private long shownPosition;

        /// <summary>The last attempt failed before it was opened: perhaps for the subprotocol that it offered.</summary>
        private bool isRedial;

        void ILinkEvents.Agreed(bool offered, bool isHetu2)
        {
            // Where offering does no harm, a server that selects nothing is asked again each time.
            var wasAsked = (offered && (isHetu2 || !settings.Transport.OpensWithoutSelection)) || isRedial;
            if (wasAsked && CanFallBack) ProtocolMemory.Shared.Remember(url, isHetu2);
        }

        void ILinkEvents.Opened(Link opened, bool resumed)
        {
            isRedial = false;
            isResumed = resumed;
            shownPosition = resumed ? resume.Position : 0;
            resume = default;
            parts.Began(opened.Wire);
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

        /// <summary>The network may be back: asks for a sign of life, or hurries to the next attempt. On the loop.</summary>
        internal void CheckConnection()
        {
            link?.Probe();
            if (state.Status != ConnectionStatus.Waiting || dialAgain == null) return;
            var soon = Backoff.Delay(0, settings);
            if (soon >= retryAt - loop.Now) return;
            retry?.Dispose();
            retryAt = loop.Now + soon;
            retry = loop.SetTimer(soon, dialAgain);
            SetState(new ConnectionState(ConnectionStatus.Waiting, state.Attempt, state.Error, soon));
        }

        private void Dial()
        {
            var offers = (settings.Protocols & HetuProtocols.Hetu2) != 0
                && !(CanFallBack && (isRedial || ProtocolMemory.Shared.SpeaksHetu1(url)));
            try
            {
                link = new Link(
                    url,
                    offers,
                    loop,
                    settings,
                    schema,
                    onceIds,
                    resume,
                    this);
            }
            catch (Exception error)
            {
                Close(error);
            }
        }

        /// <summary>The link dropped by itself.</summary>
        private void Recover(Link lost, ConnectionLostException reason, List<Request> unanswered)
        {
            link = null;
            Remember(lost);
            if (FallsBack(lost))
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
            dialAgain = () => DialAgain(attempt + 1, reason);
            retryAt = loop.Now + delay;
            retry = loop.SetTimer(delay, dialAgain);
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

        private bool CanFallBack => (settings.Protocols & HetuProtocols.Hetu1) != 0;

        /// <summary>
        /// Where a connection fails whose subprotocols the server leaves alone, it may work without. Counts the failure.
        /// </summary>
        private bool FallsBack(Link lost) =>
            lost.HasFailedToOpen && lost.OffersHetu2 && !settings.Transport.OpensWithoutSelection && CanFallBack
                && ProtocolMemory.Shared.Failed(url);

        /// <summary>
        /// Where to go on. As long as an earlier session's rows are shown, what they have seen counts; when that session has
        /// not been gone on with, nothing does. An attempt that came to nothing leaves the token for the next one.
        /// </summary>
        private void Remember(Link lost)
        {
            var allRestored = restoring.Count == 0;
            restoring.Clear();
            if (!lost.WasBegun) return;
            if (state.Status != ConnectionStatus.Connected || lost.Token == null || (!allRestored && !isResumed))
            {
                resume = default;
                return;
            }

            var seen = allRestored && lost.Position > 0 ? lost.Position : shownPosition;
            resume = new LinkResume(lost.Token, seen);
        }

        private void Restored(Request request) => restoring.Remove(request);

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
