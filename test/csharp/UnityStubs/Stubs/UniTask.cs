#nullable enable

#if HETU_UNITASK
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace Cysharp.Threading.Tasks
{
    /// <summary>As UniTask has it, as far as the package names it.</summary>
    public readonly struct UniTask
    {
        public UniTask(Task task)
        {
            Task = task;
        }

        public Task Task { get; }

        public TaskAwaiter GetAwaiter() => Task.GetAwaiter();
    }

    public static class UniTaskExtensions
    {
        public static UniTask AsUniTask(this Task task, bool useCurrentSynchronizationContext = true) => new UniTask(task);

        public static void Forget(this UniTask task)
        {
        }
    }
}
#endif
