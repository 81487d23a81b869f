#nullable enable

using System;
using System.Threading.Tasks;

namespace HeTu.Tests.Session
{
    internal sealed class TinyClient : HetuClient
    {
        internal TinyClient(
            string url,
            Schema schema,
            HetuOptions? options = null,
            Func<TinySystems, int, Task>? bootstrap = null)
            : base(
                url,
                schema,
                options,
                bootstrap == null ? null : scope => bootstrap(new TinySystems(scope.Calls), scope.Connections))
        {
            Systems = new TinySystems(Calls);
        }

        internal TinySystems Systems { get; }
    }
}
