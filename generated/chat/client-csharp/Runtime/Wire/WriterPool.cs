#nullable enable

using System.Collections.Generic;

namespace HeTu
{
    /// <summary>Writers that wait for their next use; from any thread.</summary>
    internal static class WriterPool
    {
        /// <summary>More than these, and larger ones than that, are left to the garbage collector.</summary>
        private const int KeptWriters = 16;
        private const int KeptBytes = 64 * 1024;

        private static readonly Stack<MessagePackWriter> Free = new Stack<MessagePackWriter>();

        internal static MessagePackWriter Rent()
        {
            lock (Free)
            {
                return Free.Count > 0 ? Free.Pop() : new MessagePackWriter();
            }
        }

        internal static void Return(MessagePackWriter writer)
        {
            var length = writer.Length;
            writer.Reset();
            if (length > KeptBytes) return;
            lock (Free)
            {
                if (Free.Count < KeptWriters) Free.Push(writer);
            }
        }
    }
}
