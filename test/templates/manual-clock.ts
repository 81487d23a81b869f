import type { Clock } from "../fixtures/world/generated/client-ts/sdk/index.js";

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told otherwise. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #timers = new Set<Timer>();
  readonly #watchers = new Set<() => void>();

  now(): number {
    return this.#now;
  }

  setTimeout(run: () => void, milliseconds: number): Timer {
    const timer = { at: this.#now + milliseconds, run };
    this.#timers.add(timer);
    for (const look of [...this.#watchers]) look();
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as Timer);
  }

  /** Milliseconds until each timer that is set. */
  get pending(): readonly number[] {
    return [...this.#timers].map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }

  /** Lets time pass, running timers in their order. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }

  /** Resolves when a timer of this many milliseconds is set, at once when there is one. */
  timerOf(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.pending.includes(milliseconds)) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }
}
