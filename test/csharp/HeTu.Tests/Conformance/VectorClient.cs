#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using HeTu.Tests.Session;
using HeTu.World;

namespace HeTu.Tests.Conformance
{
    /// <summary>A client of the fixture with scripted links, a clock that stands still, and a pump.</summary>
    internal sealed class VectorClient : IDisposable
    {
        internal VectorClient(HetuOptions options, Func<WorldBootstrap, Task>? bootstrap = null)
        {
            options.Loop = HetuLoop.Pump;
            options.Transport = Transport;
            options.Clock = Clock;
            options.Random = () => 0.5;
            options.WarnOfLeaks = false;
            // What URLs speak is remembered for the process.
            Client = new WorldClient($"ws://conformance/{Guid.NewGuid()}", bootstrap, options);
        }

        internal VectorTransport Transport { get; } = new VectorTransport();

        internal ManualClock Clock { get; } = new ManualClock();

        internal WorldClient Client { get; }

        internal VectorLink Link => Transport.Links.Last();

        public void Dispose()
        {
            Client.Dispose();
            Settle();
        }

        /// <summary>
        /// Lets everything run that waits for nothing but its turn: without the synchronization context of xunit, what
        /// awaits runs within the pump.
        /// </summary>
        internal void Settle()
        {
            SynchronizationContext? context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            for (int turn = 0; turn < 4; turn++) Client.Tick();
            SynchronizationContext.SetSynchronizationContext(context);
        }

        /// <summary>Makes a call by its name in the schema.</summary>
        /// <returns>Its result; null of a system that has none.</returns>
        internal static async Task<object?> Call(WorldSystems systems, string name, IReadOnlyList<JsonElement> arguments)
        {
            MethodInfo method = typeof(WorldSystems).GetMethod(ApplicationValues.Pascal(name) + "Async")!;
            ParameterInfo[] parameters = method.GetParameters();
            var values = new object?[parameters.Length];
            for (int at = 0; at < arguments.Count; at++)
            {
                values[at] = ApplicationValues.Of(arguments[at], parameters[at].ParameterType);
            }

            for (int at = arguments.Count; at < values.Length; at++) values[at] = CancellationToken.None;
            var task = (Task)Invoke(method, systems, values)!;
            await task;
            return method.ReturnType.IsGenericType ? task.GetType().GetProperty("Result")!.GetValue(task) : null;
        }

        /// <summary>Adds a call's end to the outcomes, when it comes.</summary>
        internal static async void Note(Task<object?> call, string name, JsonObject outcomes)
        {
            try
            {
                object? result = await call;
                outcomes[name] = new JsonObject { ["result"] = ApplicationValues.Notation(result) };
            }
            catch (Exception error)
            {
                outcomes[name] = VectorErrors.Outcome(error);
            }
        }

        private static object? Invoke(MethodInfo method, object target, object?[] values)
        {
            try
            {
                return method.Invoke(target, values);
            }
            catch (TargetInvocationException error)
            {
                throw error.InnerException!;
            }
        }
    }
}
