#nullable enable

using System;

namespace UnityEngine
{
    public enum RuntimeInitializeLoadType
    {
        AfterSceneLoad = 0,
        BeforeSceneLoad = 1,
        AfterAssembliesLoaded = 2,
        BeforeSplashScreen = 3,
        SubsystemRegistration = 4,
    }

    [AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
    public class RuntimeInitializeOnLoadMethodAttribute : Attribute
    {
        public RuntimeInitializeOnLoadMethodAttribute()
            : this(RuntimeInitializeLoadType.AfterSceneLoad)
        {
        }

        public RuntimeInitializeOnLoadMethodAttribute(RuntimeInitializeLoadType loadType)
        {
            this.loadType = loadType;
        }

        public RuntimeInitializeLoadType loadType { get; }
    }

    public enum LogType
    {
        Error = 0,
        Assert = 1,
        Warning = 2,
        Log = 3,
        Exception = 4,
    }

    public class Application
    {
        public delegate void LogCallback(string condition, string stackTrace, LogType type);

        public static event Action? quitting;

        public static event Action<bool>? focusChanged;

        public static event LogCallback? logMessageReceived;

        /// <summary>Not of Unity: the player ends, or the play mode of the editor.</summary>
        internal static void RaiseQuitting() => quitting?.Invoke();

        /// <summary>Not of Unity: the player gets the focus or loses it.</summary>
        internal static void RaiseFocusChanged(bool hasFocus) => focusChanged?.Invoke(hasFocus);

        internal static void Log(string text, LogType type)
        {
            Console.WriteLine(text);
            logMessageReceived?.Invoke(text, "", type);
        }
    }

    public class Debug
    {
        public static bool isDebugBuild => true;

        public static void Log(object message) => Application.Log($"{message}", LogType.Log);

        public static void LogWarning(object message) => Application.Log($"{message}", LogType.Warning);

        public static void LogException(Exception exception) =>
            Application.Log(exception.ToString(), LogType.Exception);
    }
}
