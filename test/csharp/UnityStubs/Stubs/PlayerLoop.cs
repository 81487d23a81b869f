#nullable enable

using System;

namespace UnityEngine.LowLevel
{
    public struct PlayerLoopSystem
    {
        public Type? type;
        public PlayerLoopSystem[]? subSystemList;
        public UpdateFunction? updateDelegate;
        public IntPtr updateFunction;
        public IntPtr loopConditionFunction;

        public delegate void UpdateFunction();
    }

    /// <summary>As in Unity, what is got and set are copies: a loop changes by being set only.</summary>
    public class PlayerLoop
    {
        private static PlayerLoopSystem current = GetDefaultPlayerLoop();

        public static PlayerLoopSystem GetDefaultPlayerLoop() => new PlayerLoopSystem
        {
            subSystemList = new[]
            {
                Phase(typeof(UnityEngine.PlayerLoop.TimeUpdate)),
                Phase(typeof(UnityEngine.PlayerLoop.Initialization)),
                Phase(typeof(UnityEngine.PlayerLoop.EarlyUpdate)),
                Phase(typeof(UnityEngine.PlayerLoop.FixedUpdate)),
                Phase(typeof(UnityEngine.PlayerLoop.PreUpdate)),
                Phase(
                    typeof(UnityEngine.PlayerLoop.Update),
                    Phase(typeof(UnityEngine.PlayerLoop.Update.ScriptRunBehaviourUpdate)),
                    new PlayerLoopSystem
                    {
                        type = typeof(UnityEngine.PlayerLoop.Update.ScriptRunDelayedTasks),
                        updateDelegate = UnitySynchronizationContext.ExecuteTasks,
                    }),
                Phase(typeof(UnityEngine.PlayerLoop.PreLateUpdate)),
                Phase(typeof(UnityEngine.PlayerLoop.PostLateUpdate)),
            },
        };

        public static PlayerLoopSystem GetCurrentPlayerLoop() => Copy(current);

        public static void SetPlayerLoop(PlayerLoopSystem loop) => current = Copy(loop);

        /// <summary>Not of Unity: a frame. What a step throws is logged, and the next one runs.</summary>
        internal static void RunFrame() => Run(current);

        private static void Run(in PlayerLoopSystem system)
        {
            try
            {
                system.updateDelegate?.Invoke();
            }
            catch (Exception error)
            {
                Debug.LogException(error);
            }

            if (system.subSystemList == null) return;
            for (var at = 0; at < system.subSystemList.Length; at++) Run(system.subSystemList[at]);
        }

        private static PlayerLoopSystem Phase(Type type, params PlayerLoopSystem[] steps) =>
            new PlayerLoopSystem { type = type, subSystemList = steps.Length == 0 ? null : steps };

        private static PlayerLoopSystem Copy(PlayerLoopSystem system)
        {
            if (system.subSystemList != null) system.subSystemList = Array.ConvertAll(system.subSystemList, Copy);
            return system;
        }
    }
}

namespace UnityEngine.PlayerLoop
{
    public struct TimeUpdate
    {
    }

    public struct Initialization
    {
    }

    public struct EarlyUpdate
    {
    }

    public struct FixedUpdate
    {
    }

    public struct PreUpdate
    {
    }

    public struct Update
    {
        public struct ScriptRunBehaviourUpdate
        {
        }

        public struct ScriptRunDelayedTasks
        {
        }
    }

    public struct PreLateUpdate
    {
    }

    public struct PostLateUpdate
    {
    }
}
