#nullable enable

namespace HeTu.Tests.Session
{
    internal sealed class Shout
    {
        internal string Text { get; set; } = "";
    }
}
