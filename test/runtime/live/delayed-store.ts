import type { Row } from "../../../runtime/codegen/row.js";
import type { Commit, MaybePromise, RangeScan } from "../../../runtime/store/contract.js";
import { MemoryStore } from "./memory-store.js";

/**
 * A store as if it were at the other end of a line: commits take effect at once, their announcement and the answers
 * of scans travel until the test lets them arrive.
 */
export class DelayedStore extends MemoryStore {
  readonly #announced: Commit[] = [];
  readonly #asked: (() => void)[] = [];
  /** Whether scans see the state when they are asked or the one when they are answered. */
  seesLate = false;

  /** What is on its way. */
  get underWay(): number {
    return this.#announced.length + this.#asked.length;
  }

  override range<R extends Row>(scan: RangeScan<R>): MaybePromise<R[]> {
    this.reads++;
    const late = this.seesLate;
    const early = late ? [] : this.scan(scan);
    return new Promise((resolve) => {
      this.#asked.push(() => {
        resolve(late ? this.scan(scan) : early);
      });
    });
  }

  protected override announce(commit: Commit): void {
    this.#announced.push(commit);
  }

  /** Lets the oldest announcement arrive. */
  arrive(): void {
    const commit = this.#announced.shift();
    if (commit !== undefined) super.announce(commit);
  }

  /** Lets one scan be answered, not always the oldest. */
  answer(which: number): void {
    const [answer] = this.#asked.splice(which % Math.max(1, this.#asked.length), 1);
    answer?.();
  }

  /** Lets everything arrive, and what is asked because of it. */
  async settle(): Promise<void> {
    do {
      while (this.underWay > 0) {
        this.arrive();
        this.answer(0);
      }
      // One for those who wait for the answers, one for those who wait for them in turn.
      await macrotask();
      await macrotask();
    } while (this.underWay > 0);
  }
}

/** Lets everything that waits for a promise run. */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
