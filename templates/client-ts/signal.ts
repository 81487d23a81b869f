/** Ends what it was given for. Calling it again does nothing. */
export type Unsubscribe = () => void;

/** Handlers of one kind of notification. */
export class Signal<Arguments extends readonly unknown[]> {
  readonly #handlers: Set<(...args: Arguments) => void> = new Set();
  readonly #report: (error: unknown) => void;

  /** @param report takes what a handler throws; the other handlers run all the same. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  get size(): number {
    return this.#handlers.size;
  }

  on(handler: (...args: Arguments) => void): Unsubscribe {
    // A function of its own for each registration: the same handler may be registered twice.
    const registered = (...args: Arguments): void => handler(...args);
    this.#handlers.add(registered);
    return () => {
      this.#handlers.delete(registered);
    };
  }

  /** Removes all handlers; those whose turn has not come in an `emit` under way do not run. */
  clear(): void {
    this.#handlers.clear();
  }

  /** Runs the handlers in the order of their registration. One that was removed meanwhile does not run. */
  emit(...args: Arguments): void {
    for (const handler of [...this.#handlers]) {
      if (!this.#handlers.has(handler)) continue;
      try {
        handler(...args);
      } catch (error) {
        this.#report(error);
      }
    }
  }
}
