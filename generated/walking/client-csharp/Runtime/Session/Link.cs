#nullable enable

using System;
using System.Buffers;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>
    /// One WebSocket connection from dialling to its end: handshake, requests and their answers in order, keep-alive.
    /// Everything but the transport's calls happens on the loop.
    /// </summary>
    internal sealed partial class Link : ITransportEvents
    {
        internal const string Hetu2Subprotocol = "hetu.2";

        private readonly Loop loop;
        private readonly Settings settings;
        private readonly Schema schema;
        private readonly ILinkEvents session;
        private readonly LinkResume resume;
        private readonly MessagePackWriter writer = new MessagePackWriter();
        private readonly Fifo<Request> inFlight = new Fifo<Request>();
        private readonly Inbox inbox = new Inbox();
        private readonly Action readNext;
        private readonly ITransportSocket socket;
        private LinkState state = LinkState.Dialling;
        private Handshake? handshake;
        private LayerStack layers = LayerStack.Empty;
        private LoopTimer? timer;
        private TimeSpan lastHeard;
        private bool asked;

        /// <exception cref="Exception">What the transport throws: there is no use in trying again.</exception>
        internal Link(
            string url,
            bool offersHetu2,
            Loop loop,
            Settings settings,
            Schema schema,
            OnceIds onceIds,
            LinkResume resume,
            ILinkEvents session)
        {
            this.loop = loop;
            this.settings = settings;
            this.schema = schema;
            this.session = session;
            this.resume = resume;
            OnceIds = onceIds;
            OffersHetu2 = offersHetu2;
            readNext = ReadNext;
            Wire = WireSchema.Hetu1(schema);
            timer = SetTimer(settings.ConnectTimeout, TooLate);
            try
            {
                socket = settings.Transport.Open(
                    url,
                    offersHetu2 ? Hetu2Subprotocol : null,
                    settings.MaxMessage,
                    this);
            }
            catch
            {
                timer?.Dispose();
                throw;
            }
        }

        /// <summary>Whether hetu.2 was offered to the server.</summary>
        internal bool OffersHetu2 { get; }

        /// <summary>Whether the transport has told that the WebSocket could not be opened.</summary>
        internal bool HasFailedToOpen { get; private set; }

        /// <summary>Whether requests could be sent.</summary>
        internal bool WasBegun { get; private set; }

        /// <summary>How names and numbers are written.</summary>
        internal WireSchema Wire { get; private set; }

        /// <summary>hetu.2: all that was committed before has been seen; 0: nothing yet.</summary>
        internal long Position { get; private set; }

        /// <summary>hetu.2: from the welcome; to resume with.</summary>
        internal byte[]? Token { get; private set; }

        internal string Protocol => Wire.IsHetu2 ? "hetu.2" : "hetu.1";

        /// <summary>Whether another request may be sent now.</summary>
        internal bool HasRoom => state == LinkState.Open && inFlight.Count < settings.MaxInFlight;

        private OnceIds OnceIds { get; }

        /// <summary>Sends it whether there is room or not. On a lost link it does nothing: lost has told, or will.</summary>
        internal void Send(Request request)
        {
            if (state != LinkState.Open) return;
            writer.Reset();
            try
            {
                request.Write(writer, Wire);
            }
            catch (SchemaMismatchException mismatch)
            {
                // Later: who asks may not have noted yet that it was asked for.
                loop.Post(() =>
                {
                    request.Unusable(mismatch);
                    session.Answered(request);
                });
                return;
            }

            inFlight.Push(request);
            SendWritten();
            request.Sent();
        }

        /// <summary>hetu.1: ends a subscription.</summary>
        internal void Unsubscribe(ReadOnlySpan<byte> id)
        {
            if (state != LinkState.Open) return;
            writer.Reset();
            ClientFrames.Unsubscribe(writer, id);
            SendWritten();
        }

        /// <summary>hetu.2: ends a subscription.</summary>
        internal void Unsubscribe(long number)
        {
            if (state != LinkState.Open) return;
            writer.Reset();
            ClientFrames.Unsubscribe(writer, number);
            SendWritten();
        }

        /// <summary>Ends the link from this side; lost is told before this returns.</summary>
        internal void Close(string why)
        {
            End(new ConnectionLostException(why, 1000));
            socket.Close();
        }

        void ITransportEvents.Opened(string? subprotocol) => loop.Post(() => ShakeHands(subprotocol));

        Task? ITransportEvents.Message(byte[] buffer, int length)
        {
            var wait = inbox.Put(buffer, length);
            loop.Post(readNext);
            return wait;
        }

        void ITransportEvents.Text() => loop.Post(Heard);

        void ITransportEvents.Closed(ConnectionLostException reason) => loop.Post(() =>
        {
            if (state == LinkState.Dialling) HasFailedToOpen = true;
            End(handshake?.Explain(reason, state == LinkState.ShakingHands) ?? reason);
        });

        void ITransportEvents.Impossible(Exception error) => loop.Post(() => GiveUp(error));

        private void SendWritten()
        {
            try
            {
                socket.Send(layers.Encode(writer.WrittenMemory).Span);
            }
            catch (Exception error)
            {
                // A transport or a layer of the application's: what is not sent is not answered, so the link is of no use.
                // Later: who sends is in the middle of something.
                loop.Post(() => Lose($"sending has failed: {error.Message}"));
            }
        }

        private LoopTimer? SetTimer(TimeSpan delay, Action run) =>
            delay == Timeout.InfiniteTimeSpan ? null : loop.SetTimer(delay, run);

        private void ReadNext()
        {
            if (!inbox.TryTake(out var message)) return;
            try
            {
                if (state != LinkState.Lost) Read(new ReadOnlyMemory<byte>(message.Buffer, 0, message.Length));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(message.Buffer);
            }
        }

        private void Read(ReadOnlyMemory<byte> message)
        {
            try
            {
                if (state == LinkState.ShakingHands) FinishHandshake(message.Span);
                else if (state != LinkState.Dialling) ReadFrames(layers.Decode(message).Span);
            }
            catch (WireException error)
            {
                Lose($"the server sent something that is not {Protocol}: {error.Message}");
            }

            Heard();
        }

        private void ReadFrames(ReadOnlySpan<byte> message)
        {
            var count = MessagePackReader.CountValues(message);
            if (count == 0) throw new WireException("a message is empty");
            if (count > 1 && !Wire.IsHetu2) throw new WireException($"{count} values in a message");
            var reader = new MessagePackReader(message);
            while (!reader.AtEnd && state != LinkState.Lost)
            {
                var frame = ServerFrames.Read(ref reader, Wire);
                if (state == LinkState.Greeting) TakeWelcome(ref frame);
                else Take(ref frame);
            }
        }

        private void Take(ref ServerFrame frame)
        {
            switch (frame.Kind)
            {
                case FrameKind.Update:
                    session.Pushed(ref frame);
                    Reach(frame.Position);
                    return;
                case FrameKind.Event:
                    session.Pushed(ref frame);
                    return;
                case FrameKind.Other:
                case FrameKind.Pong:
                    return;
                case FrameKind.Welcome:
                    throw new WireException("a second welcome");
                default:
                    var request = inFlight.Shift();
                    if (request == null || !ServerFrames.Answers(frame.Kind, request.Answer))
                    {
                        throw new WireException(
                            $"an answer {frame.Kind} where {(request == null ? "none" : request.Answer.ToString())} was expected");
                    }

                    var position = frame.Position;
                    request.Answered(ref frame);
                    Reach(position);
                    session.Answered(request);
                    return;
            }
        }

        private void Reach(long position)
        {
            if (position > Position) Position = position;
        }

        private void Heard()
        {
            lastHeard = loop.Now;
            asked = false;
        }

        private void Lose(string why, int closeCode = 1006)
        {
            End(new ConnectionLostException(why, closeCode));
            socket.Abort();
        }

        private void GiveUp(Exception error)
        {
            if (Stop()) session.Impossible(this, error);
        }

        private void End(ConnectionLostException reason)
        {
            if (Stop()) session.Lost(this, reason, inFlight.Drain());
        }

        /// <returns>Whether it was not over yet.</returns>
        private bool Stop()
        {
            if (state == LinkState.Lost) return false;
            state = LinkState.Lost;
            timer?.Dispose();
            inbox.Close();
            // Later: a handler of what is being read may have ended the link, and layers wipe what they have decoded.
            loop.Post(layers.Dispose);
            return true;
        }
    }
}
