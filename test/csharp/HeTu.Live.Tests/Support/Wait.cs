#nullable enable

using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace HeTu.LiveTests.Support
{
    /// <summary>Waits for events; the limit only keeps a broken test from hanging.</summary>
    internal static class Wait
    {
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

        internal static async Task Soon(this Task task, [CallerArgumentExpression("task")] string what = "")
        {
            try
            {
                await task.WaitAsync(Limit);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"{what} did not come");
            }
        }

        internal static async Task<T> Soon<T>(this Task<T> task, [CallerArgumentExpression("task")] string what = "")
        {
            await ((Task)task).Soon(what);
            return await task;
        }

        /// <summary>Ends once the connection is as wished; with the state that it is in then.</summary>
        internal static Task<ConnectionState> Reaches(this HetuClient client, Func<ConnectionState, bool> wished)
        {
            var reached = new TaskCompletionSource<ConnectionState>(TaskCreationOptions.RunContinuationsAsynchronously);
            void Look(ConnectionState state)
            {
                if (wished(state)) reached.TrySetResult(state);
            }

            client.OnConnection += Look;
            Look(client.Connection);
            return reached.Task.Soon($"the awaited state of the connection (it is {client.Connection.Status})");
        }

        /// <summary>Ends once the connection is in this status.</summary>
        internal static Task<ConnectionState> Reaches(this HetuClient client, ConnectionStatus status) =>
            client.Reaches(state => state.Status == status);

        /// <summary>Ends once the rows are as wished.</summary>
        internal static Task Becomes<TRow>(this LiveRange<TRow> range, Func<RowList<TRow>, bool> wished)
            where TRow : class, IRow
        {
            var reached = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            void Look()
            {
                if (wished(range.Rows)) reached.TrySetResult(true);
            }

            range.OnChange += _ => Look();
            range.OnResynced += Look;
            Look();
            return reached.Task;
        }

        /// <summary>Another signal that can be awaited.</summary>
        internal static TaskCompletionSource<T> Signal<T>() =>
            new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
