#nullable enable

using HeTu;
using HeTu.Walking;
using UnityEngine;

/// <summary>What the snippets of the documentation use without declaring it.</summary>
internal abstract class Prelude : MonoBehaviour
{
    /// <summary>A client that is connected.</summary>
    protected WalkingClient client = null!;

    /// <summary>A window that is shown.</summary>
    protected LiveRange<Position> near = null!;

    /// <summary>The player's id.</summary>
    protected long user;

    /// <summary>Shows a row.</summary>
    protected static void Draw(Position row)
    {
    }
}
