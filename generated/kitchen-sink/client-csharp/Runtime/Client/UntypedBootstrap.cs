#nullable enable

using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>What bootstrap of a client without generated code is given.</summary>
    public sealed class UntypedBootstrap
    {
        private readonly BootstrapScope scope;

        internal UntypedBootstrap(BootstrapScope scope)
        {
            this.scope = scope;
        }

        /// <summary>0 on the first connection of this client, 1 on the next, and so on.</summary>
        public int Connections => scope.Connections;

        /// <summary>Calls a system or an endpoint by name, at once.</summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="arguments">As for <see cref="HetuClient.CallSystemAsync(string, object?[])"/>.</param>
        /// <returns>As of <see cref="HetuClient.CallSystemAsync(string, object?[])"/>.</returns>
        /// <exception cref="SchemaValueException">An argument is of a type that does not travel.</exception>
        public Task<object?> CallSystemAsync(string name, params object?[] arguments) =>
            UntypedCalls.CallAsync(scope.Calls, name, arguments, false, CancellationToken.None);

        /// <summary>Calls a system or an endpoint by name, at once, so that it can be given up.</summary>
        /// <param name="name">As in the schema.</param>
        /// <param name="arguments">As for <see cref="HetuClient.CallSystemAsync(string, object?[])"/>.</param>
        /// <param name="cancellationToken">Gives it up.</param>
        /// <param name="once">Sends it with an id, as a system with <c>@once</c> demands; the next bootstrap makes it anew.</param>
        /// <returns>As of <see cref="HetuClient.CallSystemAsync(string, object?[])"/>.</returns>
        /// <exception cref="SchemaValueException">An argument is of a type that does not travel.</exception>
        public Task<object?> CallSystemAsync(
            string name,
            object?[] arguments,
            CancellationToken cancellationToken = default,
            bool once = false) => UntypedCalls.CallAsync(scope.Calls, name, arguments, once, cancellationToken);
    }
}
