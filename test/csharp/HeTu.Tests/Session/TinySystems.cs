#nullable enable

using System;
using System.Threading;
using System.Threading.Tasks;

namespace HeTu.Tests.Session
{
    internal sealed class TinySystems : SystemsBase
    {
        internal TinySystems(CallScope scope)
            : base(scope)
        {
        }

        internal TinySystems With(TimeSpan timeout) => new TinySystems(Scope.WithTimeout(timeout));

        internal Task<string> EchoAsync(string text, CancellationToken cancellationToken = default)
        {
            var call = Begin(TinySchema.Echo, 1);
            call.Writer.WriteString(Checks.String(text, 1000, "echo.text"));
            return call.SendAsync(cancellationToken);
        }

        internal Task<long> LoginAsync(long user)
        {
            var call = Begin(TinySchema.Login, 1);
            call.Writer.WriteInt64(user);
            return call.SendAsync();
        }

        internal Task MoveToAsync(float x, bool running)
        {
            var call = Begin(TinySchema.MoveTo, 2);
            call.Writer.WriteSingle(x);
            call.Writer.WriteBoolean(running);
            return call.SendAsync();
        }

        internal Task<long> BuyAsync(int item, CancellationToken cancellationToken = default)
        {
            var call = Begin(TinySchema.Buy, 1);
            call.Writer.WriteInt64(item);
            return call.SendAsync(cancellationToken);
        }
    }
}
