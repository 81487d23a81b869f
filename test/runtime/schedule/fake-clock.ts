import type { WorkGate } from "../../../runtime/gate/work-gate.js";
import type { Clock } from "../../../runtime/schedule/scheduler.js";

interface Timer {
  due: number;
  readonly run: () => void;
}

/** A time of day that passes when a test says so. */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #work: WorkGate;
  #now: number;

  /** @param work what a moment lasts for: the time stands still until it is over. */
  constructor(now: number, work: WorkGate) {
    this.#now = now;
    this.#work = work;
  }

  readonly now = (): number => this.#now;

  after(milliseconds: number, run: () => void): () => void {
    const timer = { due: this.#now + milliseconds, run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Lets the time pass up to this moment, and waits at each timer until what it began is over. */
  async passTo(time: number): Promise<void> {
    await this.#work.idle();
    for (;;) {
      const [next] = [...this.#timers].filter(({ due }) => due <= time).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
      await this.#work.idle();
    }
    this.#now = time;
  }

  /** Lets the time pass while something is under way that does not end. */
  passBesideTo(time: number): void {
    for (const timer of [...this.#timers].filter(({ due }) => due <= time)) {
      this.#timers.delete(timer);
      this.#now = timer.due;
      timer.run();
    }
    this.#now = time;
  }

  /** The time is another one from now on, and nothing has come of it yet: timers know no time of day. */
  jumpTo(time: number): void {
    for (const timer of this.#timers) timer.due += time - this.#now;
    this.#now = time;
  }
}
