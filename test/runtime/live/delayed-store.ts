import type { Row } from "../../../runtime/codegen/row.js";
import type { Commit, MaybePromise, RangeScan, Snapshot } from "../../../runtime/store/contract.js";
import { MemoryStore } from "./memory-store.js";

/** Something on its way from the server to this process, in order with all else of its kind. */
interface Announcement {
  readonly position: number;
  /** `undefined`: commits were missed or undone. */
  readonly commit: Commit | undefined;
}

/**
 * A shared store at the other end of a line: commits take effect at once, their announcement and the answers of scans
 * travel until the test lets them arrive. Scans see any state that the contract allows.
 */
export class DelayedStore extends MemoryStore {
  override readonly shared: boolean = true;
  protected override readonly remembers: boolean = true;
  #announced: Announcement[] = [];
  readonly #asked: ((failure?: Error) => void)[] = [];
  readonly #resetListeners = new Set<(position: number) => void>();
  #heard = 0;
  #floor = 0;
  /** A history that has no floor yet is nothing to look at. */
  rewriting = false;
  /** Whether scans see the state when they are asked or the one when they are answered. */
  seesLate = false;
  /** How many commits scans lag behind that, as those of a replica; never behind what was heard when they were asked. */
  lag = 0;
  /** Positions of the messages of other processes that have arrived. */
  readonly arrived: number[] = [];
  /** Whether commits are those of another process. */
  foreign = false;

  override get position(): number {
    return this.#heard;
  }

  override get floor(): number {
    return this.#floor;
  }

  /** What is on its way. */
  get underWay(): number {
    return this.#announced.length + this.#asked.length;
  }

  override snapshot<R extends Row>(scan: RangeScan<R>): MaybePromise<Snapshot<R>> {
    this.reads++;
    const { seesLate: late, lag } = this;
    const heard = this.#heard;
    const look = (): Snapshot<R> => {
      const position = Math.max(heard, this.#floor, this.committed - lag);
      return { rows: this.scan(scan, position), position: this.stateBefore(position) };
    };
    const early = late || this.rewriting ? undefined : look();
    return new Promise((resolve, reject) => {
      this.#asked.push((failure) => {
        if (failure === undefined) resolve(early ?? look());
        else reject(failure);
      });
    });
  }

  protected override announce(commit: Commit): void {
    this.#announced.push({ position: commit.position, commit: { ...commit, own: !this.foreign } });
  }

  override onReset(listener: (position: number) => void): () => void {
    this.#resetListeners.add(listener);
    return () => void this.#resetListeners.delete(listener);
  }

  /** Commits are lost on the way, all but the next `kept`; this process will notice. */
  lose(kept: number): void {
    this.#announced = [...this.#announced.slice(0, kept), { position: this.committed, commit: undefined }];
  }

  /**
   * The server loses its last `undone` commits, other ones take their place and positions, and then this process
   * notices, after `kept` more of what was on its way.
   *
   * @param rewrite makes the other commits.
   * @returns the position that the new history begins at.
   */
  async rewrite(undone: number, kept: number, rewrite: () => Promise<void>): Promise<number> {
    const before = this.committed;
    const announced = this.#announced.slice(0, kept);
    const from = Math.max(0, before - undone);
    this.rewind(from);
    this.rewriting = true;
    await rewrite();
    this.rewriting = false;
    // Further than any position of either history.
    this.#floor = this.jump(Math.max(before, this.committed) + 10, from);
    this.#announced = [...announced, { position: this.#floor, commit: undefined }];
    return this.#floor;
  }

  /** Lets the oldest announcement arrive. */
  arrive(): void {
    const next = this.#announced.shift();
    if (next === undefined) return;
    this.#heard = next.position;
    if (next.commit?.own === false && next.commit.message !== undefined) this.arrived.push(next.position);
    if (next.commit !== undefined) super.announce(next.commit);
    else for (const listener of this.#resetListeners) listener(next.position);
  }

  /** Lets one scan be answered, not always the oldest; or fail. */
  answer(which: number, failure?: Error): void {
    const [answer] = this.#asked.splice(which % Math.max(1, this.#asked.length), 1);
    answer?.(failure);
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
