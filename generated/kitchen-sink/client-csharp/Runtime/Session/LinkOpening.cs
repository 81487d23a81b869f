#nullable enable

using System;
using System.Globalization;
using System.Threading;

namespace HeTu
{
    /// <content>From the opened WebSocket to the open link, and the watch over its silence.</content>
    internal sealed partial class Link
    {
        private void ShakeHands(string? subprotocol)
        {
            if (state != LinkState.Dialling) return;
            var isHetu2 = OffersHetu2 && subprotocol == Hetu2Subprotocol;
            if (!isHetu2 && (settings.Protocols & HetuProtocols.Hetu1) == 0)
            {
                Lose(
                    "the server does not speak hetu.2 here, and HetuOptions.Protocols allows nothing else (without " +
                        "encryption it speaks hetu.2 only on the same machine, unless it is told otherwise)");
                return;
            }

            session.Agreed(OffersHetu2, isHetu2);
            if (isHetu2) Wire = WireSchema.Hetu2(schema, null);
            state = LinkState.ShakingHands;
            writer.Reset();
            try
            {
                handshake = new Handshake(isHetu2 ? settings.Layers.Hetu2 : settings.Layers.Hetu1);
                handshake.WriteHello(writer);
            }
            catch (Exception error)
            {
                // The application's layers do not work here, and will not on the next link.
                socket.Abort();
                GiveUp(error);
                return;
            }

            socket.Send(writer.Written);
            // Nothing in the server's answer changes what is said next: it need not be waited for.
            if (isHetu2 && handshake.IsEmpty) SendHello();
        }

        private void SendHello()
        {
            writer.Reset();
            ClientFrames.Hello(writer, schema.FingerprintBytes, resume.Token, resume.Position);
            SendWritten();
        }

        private void FinishHandshake(ReadOnlySpan<byte> answer)
        {
            var shaken = handshake!;
            var refusal = shaken.RefusalIn(answer);
            if (refusal != null)
            {
                Lose(refusal, Handshake.LayersRefused);
                return;
            }

            layers = shaken.Finish(answer);
            if (!Wire.IsHetu2)
            {
                Open(false);
                return;
            }

            state = LinkState.Greeting;
            if (!shaken.IsEmpty) SendHello();
        }

        private void TakeWelcome(ref ServerFrame frame)
        {
            if (frame.Kind != FrameKind.Welcome) throw new WireException($"{frame.Kind} where a welcome was expected");
            var welcome = Welcome.Read(ref frame.Body);
            if (welcome.Description != null) Wire = WireSchema.Hetu2(schema, welcome.Description);
            OnceIds.Learn(welcome.Time);
            Token = welcome.Token;
            Open(welcome.Resumed);
        }

        private void Open(bool resumed)
        {
            state = LinkState.Open;
            WasBegun = true;
            timer?.Dispose();
            lastHeard = loop.Now;
            Watch();
            session.Opened(this, resumed);
        }

        private void TooLate()
        {
            var limit = FormattableString.Invariant($"within {settings.ConnectTimeout.TotalMilliseconds} ms");
            Lose(state == LinkState.ShakingHands && handshake != null
                ? $"no answer to the handshake {limit}: {handshake.Advice}"
                : $"no connection {limit}");
        }

        /// <summary>Asks for a sign of life at once. A link that is being opened has its own limit.</summary>
        internal void Probe()
        {
            if (state != LinkState.Open || asked) return;
            timer?.Dispose();
            Ask();
        }

        /// <summary>One timer at a time: it looks whether the server has been silent, asks for a sign of life, then gives up.</summary>
        private void Watch()
        {
            var silence = loop.Now - lastHeard;
            if (asked)
            {
                var milliseconds = Math.Round(silence.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
                Lose($"the server has been silent for {milliseconds} ms");
            }
            else if (silence < settings.KeepAlive)
            {
                timer = SetTimer(settings.KeepAlive - silence, Watch);
            }
            else if (settings.KeepAlive != Timeout.InfiniteTimeSpan)
            {
                Ask();
            }
        }

        private void Ask()
        {
            asked = true;
            writer.Reset();
            ClientFrames.Ping(writer, Wire.IsHetu2);
            SendWritten();
            timer = SetTimer(settings.KeepAliveTimeout, Watch);
        }
    }
}
