#nullable enable

using System.Runtime.CompilerServices;
using System.Threading.Tasks;

// Stand-ins: the signatures of UniTask 2 that the snippets use.
namespace Cysharp.Threading.Tasks
{
    public readonly struct UniTask
    {
        private readonly Task task;

        internal UniTask(Task task) => this.task = task;

        public TaskAwaiter GetAwaiter() => task.GetAwaiter();
    }

    public static class UniTaskExtensions
    {
        public static UniTask AsUniTask(this Task task, bool useCurrentSynchronizationContext = true) => new UniTask(task);

        public static void Forget(this UniTask task)
        {
        }
    }
}
