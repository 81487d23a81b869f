#nullable enable

namespace HeTu
{
    /// <summary>Base of the generated class that has a method for each system and endpoint.</summary>
    public abstract class SystemsBase
    {
        /// <summary>Written by generated code.</summary>
        protected SystemsBase(CallScope scope)
        {
            Scope = scope;
        }

        /// <summary>How calls are made.</summary>
        protected CallScope Scope { get; }

        /// <summary>Begins a call.</summary>
        /// <param name="callable">What is called.</param>
        /// <param name="count">Arguments that will be written: without optional ones at the end that were not given.</param>
        protected CallBuilder Begin(Callable callable, int count) => new CallBuilder(Scope, callable, count);

        /// <summary>Begins a call.</summary>
        /// <param name="callable">What is called.</param>
        /// <param name="count">Arguments that will be written: without optional ones at the end that were not given.</param>
        protected CallBuilder<TResult> Begin<TResult>(Callable<TResult> callable, int count) =>
            new CallBuilder<TResult>(Scope, callable, count);
    }
}
