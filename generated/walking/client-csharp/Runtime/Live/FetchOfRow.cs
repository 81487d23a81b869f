#nullable enable

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>Rows that are read once.</summary>
    internal sealed class Fetch<TRow> : Fetch
        where TRow : class, IRow
    {
        private readonly ILiveContext context;
        private readonly QueryParameters<TRow> parameters;
        private readonly bool counts;
        private readonly PageCursor? after;
        private readonly TaskCompletionSource<Page<TRow>> answer;
        private CancellationToken cancellation;
        private LoopTimer? limit;

        /// <summary>Over hetu.1.</summary>
        private LiveRange<TRow>? emulation;

        /// <param name="context">Of the client.</param>
        /// <param name="parameters">What is read.</param>
        /// <param name="counts">Whether the rows of the whole range are counted.</param>
        /// <param name="after">Behind which page; <c>null</c>: from the first row on.</param>
        internal Fetch(ILiveContext context, QueryParameters<TRow> parameters, bool counts, PageCursor? after)
        {
            this.context = context;
            this.parameters = parameters;
            this.counts = counts;
            this.after = after;
            answer = new TaskCompletionSource<Page<TRow>>(context.Loop.Continuations);
        }

        /// <summary>Asks, once.</summary>
        internal async Task<Page<TRow>> RunAsync(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            cancellation = cancellationToken;
            context.Loop.Run(Begin);
            try
            {
                using (cancellationToken.Register(() => context.Loop.Run(Cancel))) return await answer.Task;
            }
            finally
            {
                context.Loop.Run(Stop);
            }
        }

        internal override void Write(MessagePackWriter writer, WireSchema wire) =>
            ClientFrames.Read(
                writer,
                wire,
                parameters.Component,
                parameters.IndexName,
                parameters.IndexNumber,
                parameters.Left,
                parameters.Right,
                parameters.Limit,
                parameters.Descending,
                after == null ? default : after.Value,
                counts);

        internal override void Answered(ref ServerFrame frame)
        {
            context.Subscriptions.End(this);
            if (frame.Kind == FrameKind.Refused)
            {
                Fail(new SubscriptionRefusedException(
                    parameters.Component.Name, parameters.IndexName, frame.Code, frame.Reason));
                return;
            }

            try
            {
                answer.TrySetResult(ReadPage(ref frame));
            }
            catch (SchemaMismatchException mismatch)
            {
                Fail(mismatch);
            }
        }

        internal override void Unusable(SchemaMismatchException mismatch)
        {
            context.Subscriptions.End(this);
            Fail(mismatch);
        }

        internal override void Fail(Exception error) => answer.TrySetException(error);

        internal override void Emulate()
        {
            if (after != null)
            {
                Fail(new SubscriptionRefusedException(
                    parameters.Component.Name, parameters.IndexName, "BAD_BOUND", "hetu.1 has no pages"));
                return;
            }

            _ = EmulateAsync();
        }

        private async Task EmulateAsync()
        {
            try
            {
                var range = new LiveRange<TRow>(context, parameters);
                emulation = range;
                range.Start();
                await range.Ready;
                answer.TrySetResult(new Page<TRow>(range.Rows, null, null));
            }
            catch (Exception error)
            {
                Fail(error);
            }
        }

        private Page<TRow> ReadPage(ref ServerFrame frame)
        {
            var wire = frame.Wire.For(parameters.Component);
            var count = frame.Body.ReadArrayHeader(parameters.Component.Name);
            var rows = new List<TRow>(count);
            for (; count > 0; count--) rows.Add(parameters.Component.ReadRow(ref frame.Body, wire));
            var total = frame.Body.TryReadNil() ? (long?)null : frame.Body.ReadInt64("count");
            if (frame.Body.TryReadNil()) return new Page<TRow>(rows, total, null);
            var behind = frame.Body;
            behind.Skip();
            var next = frame.Body.Rest.Slice(0, behind.Position - frame.Body.Position).ToArray();
            frame.Body = behind;
            return new Page<TRow>(rows, total, new PageCursor(next));
        }

        private void Begin()
        {
            if (context.CallTimeout != Timeout.InfiniteTimeSpan)
            {
                limit = context.Loop.SetTimer(context.CallTimeout, TimeOut);
            }

            context.Subscriptions.Begin(this);
        }

        private void TimeOut()
        {
            context.Subscriptions.End(this);
            Fail(new FetchTimeoutException(parameters.Source, context.CallTimeout.TotalMilliseconds, context.Status));
        }

        private void Stop()
        {
            limit?.Dispose();
            emulation?.Dispose();
        }

        private void Cancel()
        {
            context.Subscriptions.End(this);
            answer.TrySetCanceled(cancellation);
        }
    }
}
