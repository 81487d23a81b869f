#nullable enable

using System;
using HeTu;
using HeTu.Walking;

/// <summary>What the snippets of the documentation use without declaring it.</summary>
internal abstract class Prelude
{
    /// <summary>A client that is connected.</summary>
    protected WalkingClient client = null!;

    /// <summary>A client without generated code.</summary>
    protected HetuClient tool = null!;

    /// <summary>A window that is shown.</summary>
    protected LiveRange<Position> near = null!;

    /// <summary>The player's own row.</summary>
    protected LiveRow<Position> me = null!;

    /// <summary>The player's id.</summary>
    protected long user;

    /// <summary>Whether the application goes on.</summary>
    protected bool running;

    /// <summary>Shows a row.</summary>
    protected static void Draw(Position row)
    {
    }

    /// <summary>Shows that a row has changed.</summary>
    protected static void Move(Position old, Position row)
    {
    }

    /// <summary>Shows a row no longer.</summary>
    protected static void Erase(Position row)
    {
    }

    /// <summary>Tells the player.</summary>
    protected static void Show(string text)
    {
    }
}
