#nullable enable

namespace HeTu.Tests.Session
{
    internal sealed class NotEnoughException : CallRejectedException
    {
        internal NotEnoughException(string system, long need)
            : base(system, "NotEnough")
        {
            Need = need;
        }

        internal long Need { get; }
    }
}
