#nullable enable

namespace HeTu
{
    /// <summary>What has become of a row.</summary>
    public enum ChangeKind
    {
        /// <summary>
        /// It has appeared: it was made, moved into the range or the window, or may be seen from now on.
        /// </summary>
        Insert,

        /// <summary>One of its columns has another value.</summary>
        Update,

        /// <summary>It is gone: it was deleted, left the range or the window, or may not be seen any more.</summary>
        Delete,
    }
}
