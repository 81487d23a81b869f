#nullable enable

#if UNITY_5_3_OR_NEWER
using System;
using System.Collections.Generic;
using System.Threading;
using UnityEngine;
using UnityEngine.LowLevel;

namespace HeTu
{
    /// <summary>
    /// Ticks all clients once a frame, before <c>Update</c> of the scene's scripts; looks after their links when the
    /// application gets its focus back, and closes them when it ends.
    /// </summary>
    internal static class UnityDriver
    {
        private static readonly List<HetuClient> Clients = new List<HetuClient>();
        private static readonly List<HetuClient> Turn = new List<HetuClient>();

        private static readonly SendOrPostCallback InsertStepLater = _ => InsertStep();

        /// <summary>Unity's main thread, once the play mode has begun.</summary>
        private static volatile SynchronizationContext? mainThread;
        private static bool hasPlayed;
        private static bool hasWarned;

        /// <summary>A client begins.</summary>
        internal static void Attach(HetuClient client)
        {
            Add(client);
            // Another package may have set a loop of its own meanwhile. Only the main thread may look, and not while it
            // makes a MonoBehaviour.
            mainThread?.Post(InsertStepLater, null);
        }

        internal static void Add(HetuClient client)
        {
            lock (Clients)
            {
                if (!Clients.Contains(client)) Clients.Add(client);
            }
        }

        /// <summary>The network may be back, or the application was asleep.</summary>
        internal static void CheckConnections()
        {
            foreach (var client in Snapshot()) client.CheckConnection();
        }

        /// <summary>
        /// Runs first at each start of the play mode. When the domain was not loaded again, there may be clients of the
        /// last play, such as those that were made while it ended.
        /// </summary>
        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.SubsystemRegistration)]
        private static void Begin()
        {
            // Whoever is there in a fresh domain was made just now, by another method that runs this early.
            if (hasPlayed) CloseAll();
            hasPlayed = true;
            hasWarned = false;
        }

        /// <summary>Also runs at each start of the play mode, when the domain was not loaded again.</summary>
        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.BeforeSceneLoad)]
        private static void Install()
        {
            mainThread = SynchronizationContext.Current;
            InsertStep();
            Application.quitting -= CloseAll;
            Application.quitting += CloseAll;
            Application.focusChanged -= FocusChanged;
            Application.focusChanged += FocusChanged;
        }

        private static void InsertStep()
        {
            var loop = PlayerLoop.GetCurrentPlayerLoop();
            if (TryInsert(ref loop)) PlayerLoop.SetPlayerLoop(loop);
        }

        /// <returns>Whether it was not there yet.</returns>
        private static bool TryInsert(ref PlayerLoopSystem loop)
        {
            var phases = loop.subSystemList ?? Array.Empty<PlayerLoopSystem>();
            for (var at = 0; at < phases.Length; at++)
            {
                if (phases[at].type != typeof(UnityEngine.PlayerLoop.Update)) continue;
                var before = phases[at].subSystemList ?? Array.Empty<PlayerLoopSystem>();
                if (Array.Exists(before, system => system.type == typeof(UnityDriver))) return false;
                var after = new PlayerLoopSystem[before.Length + 1];
                after[0] = new PlayerLoopSystem { type = typeof(UnityDriver), updateDelegate = Tick };
                before.CopyTo(after, 1);
                phases[at].subSystemList = after;
                return true;
            }

            if (hasWarned) return false;
            hasWarned = true;
            Debug.LogWarning("hetu: the player loop has no Update phase; call HetuClient.Tick() once a frame");
            return false;
        }

        private static void Tick()
        {
            // Most frames have the same clients: the list is kept.
            lock (Clients)
            {
                if (Clients.Count == 0) return;
                Turn.AddRange(Clients);
            }

            try
            {
                foreach (var client in Turn)
                {
                    // Before its last tick: what is asked of it afterwards adds it again.
                    if (client.Connection.Status == ConnectionStatus.Closed) Remove(client);
                    client.Tick();
                }
            }
            finally
            {
                Turn.Clear();
            }
        }

        private static void Remove(HetuClient client)
        {
            lock (Clients) Clients.Remove(client);
        }

        private static void FocusChanged(bool hasFocus)
        {
            if (!hasFocus) return;
            InsertStep();
            CheckConnections();
        }

        private static void CloseAll()
        {
            foreach (var client in Snapshot())
            {
                Remove(client);
                client.Close();
                client.Tick();
            }
        }

        private static List<HetuClient> Snapshot()
        {
            lock (Clients) return new List<HetuClient>(Clients);
        }
    }
}
#endif
