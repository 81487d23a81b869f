#nullable enable

using System;

namespace UnityEngine.LowLevel
{
    internal struct PlayerLoopSystem
    {
        public Type? type;
        public PlayerLoopSystem[]? subSystemList;
        public UpdateFunction? updateDelegate;

        public delegate void UpdateFunction();
    }

    internal static class PlayerLoop
    {
        private static PlayerLoopSystem current;

        public static PlayerLoopSystem GetCurrentPlayerLoop() => current;

        public static void SetPlayerLoop(PlayerLoopSystem loop) => current = loop;
    }
}

namespace UnityEngine.PlayerLoop
{
    internal struct Update
    {
    }
}
