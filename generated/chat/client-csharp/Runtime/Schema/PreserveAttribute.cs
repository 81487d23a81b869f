#nullable enable

using System;

namespace HeTu
{
    /// <summary>
    /// Keeps what it stands on from being stripped: Unity's linker knows an attribute of this name, whoever declares it.
    /// </summary>
    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class PreserveAttribute : Attribute
    {
    }
}
