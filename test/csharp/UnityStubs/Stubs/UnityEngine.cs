#nullable enable

using System;

namespace UnityEngine
{
    internal enum RuntimeInitializeLoadType
    {
        BeforeSceneLoad = 1,
    }

    [AttributeUsage(AttributeTargets.Method)]
    internal sealed class RuntimeInitializeOnLoadMethodAttribute : Attribute
    {
        public RuntimeInitializeOnLoadMethodAttribute(RuntimeInitializeLoadType loadType)
        {
            LoadType = loadType;
        }

        public RuntimeInitializeLoadType LoadType { get; }
    }

    internal static class Application
    {
        public static event Action? quitting;

        public static event Action<bool>? focusChanged;

        public static bool isEditor => quitting == null && focusChanged == null;
    }

    internal static class Debug
    {
        public static bool isDebugBuild => true;

        public static void Log(object message) => Console.WriteLine(message);

        public static void LogWarning(object message) => Console.WriteLine(message);
    }
}
