import type { Commit, RowChange } from "../../contract.js";
import { StoreFailedError } from "../../errors.js";
import { checkFormat, copyNonce, EntryDecoder, follows, isWriter, numberOf } from "./entry-decoder.js";
import type { FeedTables } from "./feed-tables.js";
import { NO_NONCE, NONCE_BYTES, sameBytes } from "./nonce.js";
import { type OwnCommit, OwnCommits } from "./own-commits.js";
import { PositionWaiters } from "./position-waiters.js";

/** Where the feed of a partition stands, as its meta hash tells. */
export interface FeedState {
  readonly position: number;
  readonly floor: number;
  /** Of the newest entry. */
  readonly nonce: Uint8Array;
}

export interface CommitSequenceOptions {
  /** Number of this process among the writers. */
  readonly worker: number;
  readonly tables: FeedTables;
  /** A listener has thrown: it has lost track of the data, and the process must end. */
  readonly onFailure: (error: Error) => void;
}

/**
 * Joins the commits of this process, whose rows are at hand, with the entries that the feed brings, into one sequence
 * that listeners hear of without gaps, in order, each commit once.
 *
 * A commit of this process is delivered when its script has answered and everything before it was delivered, or when
 * the feed brings it, whichever is first; it is never decoded. Entries of the feed come in order and each names the one
 * before it, so an entry that has not been delivered yet is always the next one.
 */
export class CommitSequence {
  readonly #worker: number;
  readonly #decoder: EntryDecoder;
  readonly #onFailure: (error: Error) => void;
  /** Of this process, the newest one last; each with the position behind which there is nothing of earlier ones. */
  readonly #tokens: { readonly token: Uint8Array; readonly since: number }[] = [];
  readonly #own = new OwnCommits();
  readonly #waiters = new PositionWaiters();
  readonly #commitListeners = new Set<(commit: Commit) => void>();
  readonly #resetListeners = new Set<(position: number) => void>();
  readonly #passedListeners = new Set<(position: number) => void>();
  readonly #nonce = new Uint8Array(NONCE_BYTES);
  #position = 0;
  #read = 0;
  #floor = 0;
  #resets = 0;

  constructor(options: CommitSequenceOptions) {
    this.#worker = options.worker;
    this.#decoder = new EntryDecoder(options.tables);
    this.#onFailure = options.onFailure;
  }

  /** The last position that listeners have heard of. */
  get position(): number {
    return this.#position;
  }

  /** The last position that the feed has brought; less than {@link position} while own commits are ahead of it. */
  get read(): number {
    return this.#read;
  }

  /** The highest position that is known to have been given: an answer has named it, or somebody has read behind it. */
  get highest(): number {
    return Math.max(this.#position, this.#own.highest, this.#waiters.highest);
  }

  get floor(): number {
    return this.#floor;
  }

  /** How often commits were skipped. As long as it stays the same, {@link outcome} knows of all that were delivered. */
  get resets(): number {
    return this.#resets;
  }

  /** Exchanges the tables, whose spaces stay the same, for those of other code. */
  use(tables: FeedTables): void {
    this.#decoder.use(tables);
  }

  /**
   * From now on entries of this process may have this token, too.
   * @param since No entry behind this position has an earlier one.
   */
  addToken(token: Uint8Array, since = Infinity): void {
    this.#tokens.push({ token, since });
    const current = this.#tokens.findLastIndex((each) => each.since <= this.#read);
    if (current > 0) this.#tokens.splice(0, current);
  }

  /** How many tokens entries of this process may have. */
  get tokens(): number {
    return this.#tokens.length;
  }

  /** Begins behind what is there already. */
  start({ position, floor, nonce }: FeedState): void {
    this.#position = position;
    this.#read = position;
    this.#floor = floor;
    this.#nonce.set(nonce);
  }

  /** To be called before the script of a commit is sent. `changes` belong to the sequence from now on. */
  sent(number: number, changes: readonly RowChange[], message: Uint8Array | undefined): void {
    this.#own.sent(number, changes, message);
  }

  /** The script has answered with the position. {@link whenDelivered} tells when listeners have heard of it. */
  answered(number: number, position: number): void {
    const commit = this.#own.answered(number, position);
    if (commit === undefined || position <= this.#position) return;
    if (position === this.#position + 1) {
      this.#deliverAhead(commit);
      this.#deliverWaiting();
    } else {
      this.#own.wait(commit);
    }
  }

  /** It has not happened. */
  refused(number: number): void {
    this.#own.refused(number);
  }

  /**
   * Where the feed has brought a commit that has no answer; `undefined`: nowhere up to {@link position}. Call
   * {@link answered} or {@link refused} afterwards.
   */
  outcome(number: number): number | undefined {
    const position = this.#own.unanswered(number)?.position ?? 0;
    return position === 0 ? undefined : position;
  }

  /**
   * The next entry that the feed has brought.
   * @returns false when it does not follow the previous one, or is not the commit that was delivered at its position:
   * entries were trimmed away, or the history was rewritten. Nothing has been delivered then.
   * @throws FeedFormatError
   */
  accept(position: number, value: Buffer): boolean {
    if (!follows(value, this.#nonce)) return false;
    checkFormat(value);
    const own = this.#isOwn(value);
    const number = own ? numberOf(value) : 0;
    if (position <= this.#position) {
      if (!this.#own.confirm(position, number)) return false;
      this.#reads(position, value);
      return true;
    }
    if (this.#own.areAhead) return false;
    this.#reads(position, value);
    const commit = own ? this.#own.found(number, position) : undefined;
    if (position > this.#position + 1) this.#pass(position - 1);
    this.#deliver(commit === undefined ? this.#decoder.decode(position, value, own) : announced(commit));
    this.#deliverWaiting();
    return true;
  }

  /**
   * Whether the newest entry is the one that was read last, so that nothing was missed; positions that were skipped
   * are then passed.
   */
  isAt({ position, floor, nonce }: FeedState): boolean {
    if (position < this.#read || this.#own.areAhead || !sameBytes(nonce, 0, this.#nonce, 0, NONCE_BYTES)) return false;
    this.#floor = floor;
    this.#read = position;
    if (position > this.#position) {
      this.#pass(position);
      this.#tell(this.#passedListeners, position);
    }
    this.#deliverWaiting();
    return true;
  }

  raiseFloor(floor: number): void {
    this.#floor = floor;
  }

  /** Commits were missed or undone: goes on behind the given state, and tells listeners. */
  reset(state: FeedState): void {
    this.#resets++;
    this.start(state);
    this.#own.passed(state.position);
    this.#tell(this.#resetListeners, state.position);
    this.#waiters.passed(state.position);
    this.#deliverWaiting();
  }

  /** `undefined`: listeners have heard of everything up to there. Rejects when the sequence has ended. */
  whenDelivered(position: number): Promise<void> | undefined {
    return position <= this.#position ? undefined : this.#waiters.until(position);
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    this.#commitListeners.add(listener);
    return () => void this.#commitListeners.delete(listener);
  }

  onReset(listener: (position: number) => void): () => void {
    this.#resetListeners.add(listener);
    return () => void this.#resetListeners.delete(listener);
  }

  /** Told when {@link position} has grown without a commit: whoever has read there waits to hear of it. */
  onPassed(listener: (position: number) => void): () => void {
    this.#passedListeners.add(listener);
    return () => void this.#passedListeners.delete(listener);
  }

  /** Nothing will be delivered any more: whoever waits is told the reason. */
  end(error: Error): void {
    this.#waiters.fail(error);
  }

  #isOwn(value: Buffer): boolean {
    for (let i = this.#tokens.length - 1; i >= 0; i--) {
      if (isWriter(value, this.#worker, this.#tokens[i]?.token ?? NO_NONCE)) return true;
    }
    return false;
  }

  #reads(position: number, value: Buffer): void {
    this.#read = position;
    copyNonce(value, this.#nonce);
  }

  #pass(position: number): void {
    this.#position = position;
    this.#own.passed(position);
    this.#waiters.passed(position);
  }

  #tell(listeners: Iterable<(position: number) => void>, position: number): void {
    try {
      for (const listener of listeners) listener(position);
    } catch (error) {
      this.#onFailure(new StoreFailedError("a listener of positions threw", error));
    }
  }

  #deliverAhead(commit: OwnCommit): void {
    this.#own.deliveredAhead(commit);
    this.#deliver(announced(commit));
  }

  #deliverWaiting(): void {
    for (;;) {
      const commit = this.#own.takeWaiting(this.#position + 1);
      if (commit === undefined) return;
      this.#deliverAhead(commit);
    }
  }

  #deliver(commit: Commit): void {
    this.#position = commit.position;
    try {
      for (const listener of this.#commitListeners) listener(commit);
    } catch (error) {
      this.#onFailure(new StoreFailedError("a listener of commits threw", error));
    }
    this.#waiters.reached(commit.position);
  }
}

function announced({ position, changes, message }: OwnCommit): Commit {
  return { position, changes, message, own: true };
}
