#nullable enable

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
        /// <param name="arguments">As for <see cref="HetuClient.CallSystemAsync"/>.</param>
        public Task<object?> CallSystemAsync(string name, params object?[] arguments) =>
            UntypedCalls.CallAsync(scope.Calls, name, arguments);
    }
}
