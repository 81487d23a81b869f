#nullable enable

using System;
using System.Threading;

namespace HeTu
{
    /// <summary>A call on its way from the application to its outcome. Used on the loop only.</summary>
    internal abstract class Call : Request
    {
        private readonly CallContext context;
        private readonly byte[] arguments;
        private readonly int count;
        private byte[]? onceId;
        private LoopTimer? timer;
        private CancellationTokenRegistration registration;

        private protected Call(Callable callable, byte[] arguments, int count, CallContext context)
        {
            Callable = callable;
            this.arguments = arguments;
            this.count = count;
            this.context = context;
        }

        internal Callable Callable { get; }

        internal string Name => Callable.Name;

        /// <summary>Whether it is sent again, with the same id, when the link drops before its answer.</summary>
        internal bool SendAgain { get; set; }

        /// <summary>Whether it has been sent, on this link or an earlier one.</summary>
        internal bool WasSent { get; private set; }

        /// <summary>Whether its outcome is known, or the application has given it up.</summary>
        internal bool Settled { get; private set; }

        internal override AnswerKind Answer => AnswerKind.Call;

        /// <summary>Ends with the call.</summary>
        internal void LimitBy(LoopTimer? limit, CancellationTokenRegistration cancellation)
        {
            if (Settled)
            {
                limit?.Dispose();
                cancellation.Dispose();
                return;
            }

            timer = limit;
            registration = cancellation;
        }

        internal override void Write(MessagePackWriter writer, WireSchema wire)
        {
            if (Callable.Once && onceId == null) onceId = context.OnceIds.Next();
            ClientFrames.Call(writer, wire, Callable, onceId, arguments, count);
        }

        internal override void Sent() => WasSent = true;

        /// <summary>A call that an earlier link has sent may have taken effect there.</summary>
        internal override void Unusable(SchemaMismatchException mismatch)
        {
            if (WasSent) OutcomeUnknown("could not be sent again", mismatch);
            else Fail(mismatch);
        }

        internal override void Answered(ref ServerFrame frame)
        {
            switch (frame.Kind)
            {
                case FrameKind.Rejection:
                    Fail(Rejection(ref frame));
                    break;
                case FrameKind.Failure:
                    Fail(new CallFailedException(Name, frame.Reason ?? ""));
                    break;
                default:
                    if (!Settled) Succeed(ref frame);
                    context.Succeeded();
                    break;
            }
        }

        /// <summary>The call is over as far as the application is concerned; an answer that still comes is ignored.</summary>
        internal void Fail(Exception error)
        {
            if (Settled) return;
            End();
            Reject(error);
        }

        /// <summary>It was cancelled before it was sent.</summary>
        internal void Cancel(CancellationToken token)
        {
            if (Settled) return;
            End();
            RejectCancelled(token);
        }

        /// <summary>The link dropped while the call was under way, or its caller gave it up.</summary>
        internal void OutcomeUnknown(string why, Exception? cause) =>
            Fail(new OutcomeUnknownException(Name, why, cause));

        /// <summary>Reads the result, ends the call and completes its task, or throws before all that.</summary>
        /// <exception cref="SchemaMismatchException">With a path below the result.</exception>
        private protected abstract void Complete(ref MessagePackReader result);

        private protected abstract void Reject(Exception error);

        private protected abstract void RejectCancelled(CancellationToken token);

        /// <summary>It needs no watching any more.</summary>
        private protected void End()
        {
            Settled = true;
            timer?.Dispose();
            registration.Dispose();
        }

        private void Succeed(ref ServerFrame frame)
        {
            try
            {
                Complete(ref frame.Body);
            }
            catch (SchemaMismatchException mismatch)
            {
                Fail(mismatch.Inside($"{Name}()"));
            }
        }

        private CallRejectedException Rejection(ref ServerFrame frame)
        {
            var code = frame.Code ?? "";
            var spec = frame.Wire.Error(code);
            if (spec != null)
            {
                try
                {
                    var fields = frame.Body;
                    return spec.Read(Name, ref fields);
                }
                catch (SchemaMismatchException)
                {
                    // Fields of another version of the schema: the base class has them as they came.
                }
            }

            return new CallRejectedException(Name, code, frame.Body.AtEnd ? null : frame.Body.ReadUntyped());
        }
    }
}
