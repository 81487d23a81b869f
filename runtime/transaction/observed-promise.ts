/**
 * A promise that knows whether anybody waits for it. `await` and `then` both go through `then`, because a subclass is
 * not taken for a plain promise.
 */
export class ObservedPromise<T> extends Promise<T> {
  /** Promises made by `then` are plain ones. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  observed = false;

  override then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.observed = true;
    return super.then(fulfilled, rejected);
  }

  /** Keeps a rejection that nobody waits for from ending the process. */
  contained(): this {
    super.then(undefined, () => undefined);
    return this;
  }
}
