#nullable enable

using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <content>Calls by name, for tools.</content>
    public partial class HetuClient
    {
        /// <summary>Calls a system or an endpoint by name: <c>await client.CallSystemAsync("move_to", 1f, 2f)</c>.</summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="arguments">
        /// <c>null</c>, <see cref="bool"/>, integers, <see cref="float"/>, <see cref="double"/>, <see cref="string"/>,
        /// <c>byte[]</c>, <see cref="System.DateTimeOffset"/>, lists of these, and dictionaries of these by text (structs,
        /// with the names of the schema). Enums of the schema travel as their integers.
        /// </param>
        /// <returns>
        /// The result as it came: <see cref="long"/> (<see cref="ulong"/> above its range), <see cref="double"/>, <see
        /// cref="bool"/>, <see cref="string"/>, <c>byte[]</c>, <c>object?[]</c>, a dictionary by text, or <c>null</c>.
        /// </returns>
        /// <exception cref="SchemaValueException">An argument is of a type that does not travel.</exception>
        /// <exception cref="CallRejectedException">(From the task.) The server refuses the call.</exception>
        /// <exception cref="CallFailedException">(From the task.) It failed at the server.</exception>
        /// <exception cref="OutcomeUnknownException">(From the task.) It was sent, and no answer can come any more.</exception>
        /// <exception cref="ConnectionClosedException">(From the task.) The client has closed.</exception>
        public Task<object?> CallSystemAsync(string name, params object?[] arguments) =>
            UntypedCalls.CallAsync(Calls, name, arguments, false, CancellationToken.None);

        /// <summary>
        /// Calls a system or an endpoint by name, so that it can be given up, or sent again as <c>@once</c>:
        /// <c>await client.CallSystemAsync("buy", new object?[] { 7 }, once: true)</c>.
        /// </summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="arguments">As for <see cref="CallSystemAsync(string, object?[])"/>.</param>
        /// <param name="cancellationToken">Gives it up.</param>
        /// <param name="once">
        /// Sends it with an id, and again with the same when the link drops, so that it takes effect once. Only for systems
        /// with <c>@once</c>, which a client without generated code does not know; one with generated code does so by itself.
        /// </param>
        /// <returns>As of <see cref="CallSystemAsync(string, object?[])"/>.</returns>
        /// <exception cref="SchemaValueException">An argument is of a type that does not travel.</exception>
        public Task<object?> CallSystemAsync(
            string name,
            object?[] arguments,
            CancellationToken cancellationToken = default,
            bool once = false) => UntypedCalls.CallAsync(Calls, name, arguments, once, cancellationToken);

        /// <summary>
        /// Calls a system or an endpoint by name and does not wait for its answer: <c>client.CallSystem("move_to", 1f,
        /// 2f)</c>. When it fails, <see cref="OnError"/> is told.
        /// </summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="arguments">As for <see cref="CallSystemAsync(string, object?[])"/>.</param>
        /// <exception cref="SchemaValueException">An argument is of a type that does not travel.</exception>
        public void CallSystem(string name, params object?[] arguments)
        {
            // Right where it completes: elsewhere there may be no thread pool.
            CallSystemAsync(name, arguments).ContinueWith(
                failed => Loop.Run(() => Report(failed.Exception!.InnerException ?? failed.Exception)),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
