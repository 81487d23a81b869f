interface Waiter {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Those who wait until a position has been delivered. */
export class PositionWaiters {
  readonly #waiters = new Map<number, Waiter>();
  #error: Error | undefined = undefined;
  #highest = 0;

  /** The highest position that somebody has waited for. */
  get highest(): number {
    return this.#highest;
  }

  /** All who wait for the same position share a promise. */
  until(position: number): Promise<void> {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    if (position > this.#highest) this.#highest = position;
    let waiter = this.#waiters.get(position);
    if (waiter === undefined) {
      let resolve: () => void = () => undefined;
      let reject: (error: Error) => void = () => undefined;
      const promise = new Promise<void>((done, failed) => {
        resolve = done;
        reject = failed;
      });
      waiter = { promise, resolve, reject };
      this.#waiters.set(position, waiter);
    }
    return waiter.promise;
  }

  /** The position after the one delivered before has been reached. */
  reached(position: number): void {
    if (this.#waiters.size === 0) return;
    this.#waiters.get(position)?.resolve();
    this.#waiters.delete(position);
  }

  /** Everything up to there has been reached at once. */
  passed(position: number): void {
    for (const [awaited, { resolve }] of this.#waiters) {
      if (awaited > position) continue;
      this.#waiters.delete(awaited);
      resolve();
    }
  }

  /** Nothing will be delivered any more. */
  fail(error: Error): void {
    this.#error = error;
    for (const { reject } of this.#waiters.values()) reject(error);
    this.#waiters.clear();
  }
}
