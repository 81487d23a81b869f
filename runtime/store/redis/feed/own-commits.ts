import type { RowChange } from "../../contract.js";

/** A commit of this process. */
export interface OwnCommit {
  readonly number: number;
  readonly changes: readonly RowChange[];
  readonly message: Uint8Array | undefined;
  /** 0 while it is not known. */
  position: number;
}

/** The commits of this process between being sent and having been heard of both ways: by their answer and in the feed. */
export class OwnCommits {
  /** Sent and without an answer, by number. */
  readonly #unanswered = new Map<number, OwnCommit>();
  /** Answered but not delivered yet, since others come before them; by position. */
  readonly #waiting = new Map<number, OwnCommit>();
  /** Delivered on their answer, before the feed has brought them; ascending. The first ones have been taken. */
  #ahead: OwnCommit[] = [];
  #taken = 0;
  #highest = 0;

  /** The highest position that an answer has named. */
  get highest(): number {
    return this.#highest;
  }

  sent(number: number, changes: readonly RowChange[], message: Uint8Array | undefined): void {
    this.#unanswered.set(number, { number, changes, message, position: 0 });
  }

  unanswered(number: number): OwnCommit | undefined {
    return this.#unanswered.get(number);
  }

  /** @returns it, unless the feed was faster. */
  answered(number: number, position: number): OwnCommit | undefined {
    const commit = this.#unanswered.get(number);
    this.#unanswered.delete(number);
    if (position > this.#highest) this.#highest = position;
    if (commit === undefined || commit.position !== 0) return undefined;
    place(commit, position);
    return commit;
  }

  refused(number: number): void {
    this.#unanswered.delete(number);
  }

  wait(commit: OwnCommit): void {
    this.#waiting.set(commit.position, commit);
  }

  /** Takes the one that waits for this position to be the next. */
  takeWaiting(position: number): OwnCommit | undefined {
    if (this.#waiting.size === 0) return undefined;
    const commit = this.#waiting.get(position);
    if (commit !== undefined) this.#waiting.delete(position);
    return commit;
  }

  deliveredAhead(commit: OwnCommit): void {
    this.#ahead.push(commit);
  }

  get areAhead(): boolean {
    return this.#taken < this.#ahead.length;
  }

  /** The feed has come to the first one that is ahead of it. @returns false when that is another one. */
  confirm(position: number, number: number): boolean {
    const first = this.#ahead[this.#taken];
    if (first === undefined || first.position !== position || first.number !== number) return false;
    this.#taken++;
    if (this.#taken === this.#ahead.length) {
      this.#ahead = [];
      this.#taken = 0;
    }
    return true;
  }

  /** The one of this number that the feed has brought to this position before it was delivered. */
  found(number: number, position: number): OwnCommit | undefined {
    const commit = this.#unanswered.get(number);
    if (commit !== undefined) {
      place(commit, position);
      return commit;
    }
    const waiting = this.takeWaiting(position);
    return waiting?.number === number ? waiting : undefined;
  }

  /** Nothing up to there is delivered any more. */
  passed(position: number): void {
    this.#ahead = [];
    this.#taken = 0;
    for (const at of this.#waiting.keys()) if (at <= position) this.#waiting.delete(at);
  }
}

function place(commit: OwnCommit, position: number): void {
  commit.position = position;
  for (const { after } of commit.changes) if (after !== undefined) after.$version = position;
}
