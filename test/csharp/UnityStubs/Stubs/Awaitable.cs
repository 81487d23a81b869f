#nullable enable

#if UNITY_6000_0_OR_NEWER
using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace UnityEngine
{
    /// <summary>As Unity 6 has it, as far as the compiler asks.</summary>
    [AsyncMethodBuilder(typeof(AwaitableBuilder))]
    public class Awaitable
    {
        public TaskAwaiter GetAwaiter() => Task.CompletedTask.GetAwaiter();
    }

    [AsyncMethodBuilder(typeof(AwaitableBuilder<>))]
    public class Awaitable<T>
    {
    }

    public struct AwaitableBuilder
    {
        public Awaitable Task => new Awaitable();

        public static AwaitableBuilder Create() => default;

        public void Start<TStateMachine>(ref TStateMachine machine)
            where TStateMachine : IAsyncStateMachine => machine.MoveNext();

        public void SetStateMachine(IAsyncStateMachine machine)
        {
        }

        public void SetResult()
        {
        }

        public void SetException(Exception error)
        {
        }

        public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
            where TAwaiter : INotifyCompletion
            where TStateMachine : IAsyncStateMachine
        {
        }

        public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
            where TAwaiter : ICriticalNotifyCompletion
            where TStateMachine : IAsyncStateMachine
        {
        }
    }

    public struct AwaitableBuilder<T>
    {
        public Awaitable<T> Task => new Awaitable<T>();

        public static AwaitableBuilder<T> Create() => default;

        public void Start<TStateMachine>(ref TStateMachine machine)
            where TStateMachine : IAsyncStateMachine => machine.MoveNext();

        public void SetStateMachine(IAsyncStateMachine machine)
        {
        }

        public void SetResult(T result)
        {
        }

        public void SetException(Exception error)
        {
        }

        public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
            where TAwaiter : INotifyCompletion
            where TStateMachine : IAsyncStateMachine
        {
        }

        public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
            where TAwaiter : ICriticalNotifyCompletion
            where TStateMachine : IAsyncStateMachine
        {
        }
    }
}
#endif
