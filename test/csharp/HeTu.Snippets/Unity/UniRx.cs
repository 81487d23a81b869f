#nullable enable

using System;
using UnityEngine;

// Stand-ins: the signatures of UniRx 7 that the snippets use.
namespace UniRx
{
    public static class Observable
    {
        public static IObservable<T> Where<T>(this IObservable<T> source, Func<T, bool> predicate) => source;
    }

    public static class ObservableExtensions
    {
        public static IDisposable Subscribe<T>(this IObservable<T> source, Action<T> onNext) =>
            throw new NotSupportedException("a stand-in");
    }

    public static class DisposableExtensions
    {
        public static T AddTo<T>(this T disposable, Component gameObjectComponent)
            where T : IDisposable => disposable;
    }
}
