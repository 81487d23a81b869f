#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using UnityEngine;
using UnityEngine.LowLevel;

namespace HeTu.UnityTests.Support
{
    /// <summary>What Unity does with the package, as far as the stand-ins go. One at a time: its state is Unity's, static.</summary>
    internal sealed class UnityPlayer : IDisposable
    {
        private static readonly RuntimeInitializeLoadType[] Order =
        {
            RuntimeInitializeLoadType.SubsystemRegistration,
            RuntimeInitializeLoadType.AfterAssembliesLoaded,
            RuntimeInitializeLoadType.BeforeSplashScreen,
            RuntimeInitializeLoadType.BeforeSceneLoad,
            RuntimeInitializeLoadType.AfterSceneLoad,
        };

        /// <summary>The methods of the package that Unity calls when the play mode begins.</summary>
        private static readonly List<(RuntimeInitializeLoadType When, Action Run)> EntryPoints =
            typeof(HetuClient).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Select(method => (Method: method, method.GetCustomAttribute<RuntimeInitializeOnLoadMethodAttribute>()))
                .Where(entry => entry.Item2 != null)
                .Select(entry => (entry.Item2!.loadType, (Action)entry.Method.CreateDelegate(typeof(Action))))
                .ToList();

        /// <summary>Made once, so that a frame allocates nothing by itself.</summary>
        private static readonly Func<bool> RunFrame = () =>
        {
            PlayerLoop.RunFrame();
            return true;
        };

        internal UnityPlayer(PlayerLoopSystem? loop = null)
        {
            Application.logMessageReceived += Take;
            PlayerLoop.SetPlayerLoop(loop ?? PlayerLoop.GetDefaultPlayerLoop());
            Play();
        }

        /// <summary>What came to Unity's console, but plain messages.</summary>
        internal List<string> Problems { get; } = new List<string>();

        /// <summary>The steps of the phase in which scripts run, in their order.</summary>
        internal static IReadOnlyList<Type?> StepsOfUpdate => PlayerLoop.GetCurrentPlayerLoop().subSystemList!
            .Single(phase => phase.type == typeof(UnityEngine.PlayerLoop.Update)).subSystemList!
            .Select(step => step.type).ToList();

        /// <summary>The play mode begins; the domain is not loaded again, so that statics are what they were.</summary>
        internal static void Play() => OnMainThread(() =>
        {
            foreach (var when in Order)
            {
                foreach (var entry in EntryPoints.Where(entry => entry.When == when)) entry.Run();
            }

            return true;
        });

        internal static void Frame() => OnMainThread(RunFrame);

        internal static void Quit() => OnMainThread(() =>
        {
            Application.RaiseQuitting();
            return true;
        });

        /// <summary>Runs it with the synchronization context that Unity's main thread has.</summary>
        internal static T OnMainThread<T>(Func<T> run)
        {
            var outer = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(UnitySynchronizationContext.Instance);
            try
            {
                return run();
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(outer);
            }
        }

        /// <summary>Ends the play mode, so that no client is left to the next test.</summary>
        public void Dispose()
        {
            Quit();
            Application.logMessageReceived -= Take;
        }

        private void Take(string condition, string stackTrace, LogType type)
        {
            if (type == LogType.Log) return;
            lock (Problems) Problems.Add(condition);
        }
    }
}
