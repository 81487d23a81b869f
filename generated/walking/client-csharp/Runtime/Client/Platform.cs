#nullable enable

using System;

namespace HeTu
{
    /// <summary>What is done one way in Unity and another elsewhere.</summary>
    internal static class Platform
    {
        internal static ITransport Transport()
        {
#if UNITY_WEBGL && !UNITY_EDITOR
            return BrowserTransport.Instance;
#else
            return WebSocketTransport.Instance;
#endif
        }

        internal static void Warn(string text)
        {
#if UNITY_5_3_OR_NEWER
            UnityEngine.Debug.LogWarning(text);
#else
            Console.Error.WriteLine(text);
#endif
        }

        /// <summary>A client begins.</summary>
        internal static void Attach(HetuClient client)
        {
#if UNITY_5_3_OR_NEWER
            UnityDriver.Attach(client);
            // The driver leaves closed clients alone, unless something is asked of them: whoever waits is to be told.
            if (client.Loop is PumpLoop pump) pump.Woken = () => UnityDriver.Add(client);
#endif
        }
    }
}
