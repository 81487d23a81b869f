#nullable enable

namespace HeTu
{
    /// <summary>What a client gives to be taken for the one whose link dropped.</summary>
    internal readonly struct LinkResume
    {
        internal LinkResume(byte[]? token, long position)
        {
            Token = token;
            Position = position;
        }

        /// <summary>From the last welcome.</summary>
        internal byte[]? Token { get; }

        /// <summary>All that was committed before has been seen.</summary>
        internal long Position { get; }
    }
}
