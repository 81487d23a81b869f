import { connectionCodec } from "../../core/connection.js";
import type { CommitResult, ReadSet, RowChange } from "../contract.js";
import { CommitArguments } from "./commit-arguments.js";
import {
  CommitOutcomeUnknownError,
  LinkLostError,
  NotReplicatedError,
  StoreUnwritableError,
  WriterFencedError,
} from "./errors.js";
import type { CommitSequence } from "./feed/commit-sequence.js";
import { EntryEncoder } from "./feed/entry-encoder.js";
import type { FeedReader } from "./feed/feed-reader.js";
import type { FeedTables } from "./feed/feed-tables.js";
import type { RedisLink } from "./link.js";
import type { Script } from "./script.js";
import { CLEAR, COMMIT, COMMIT_DELETES, VALIDATE } from "./scripts.js";
import type { Renewal, Writer } from "./writer.js";

export interface CommitterOptions {
  readonly link: RedisLink;
  /** Of the partition's meta hash and stream. */
  readonly keys: readonly [string, string];
  readonly sequence: CommitSequence;
  readonly feed: FeedReader;
  readonly tables: FeedTables;
  readonly feedLength: number;
  /** About how many bytes of memory the stream may take. */
  readonly feedBytes: number;
  /** Milliseconds for which a commit is sent again when the link breaks each time. */
  readonly retryWindow: number;
  readonly onFailure: (error: Error) => void;
}

/** Between two attempts to write to a Redis that takes no writes. */
const UNWRITABLE_PAUSE_MS = 250;

/** What commit.lua answers: a position, minus the number of a key in conflict, or null without the right to write. */
type Answer = number | null;

/** What a script is given. */
type Words = Pick<CommitArguments, "keys" | "args">;

/** What has come back of a commit. */
interface Sent {
  /** Null also when the link was lost. */
  readonly answer: Answer;
  readonly lost?: LinkLostError;
  /** It has happened, but not as safely as it shall. */
  readonly failure?: NotReplicatedError;
}

/** Carries transactions of one process to one partition, each at most once, whatever becomes of the link. */
export class Committer {
  readonly #options: CommitterOptions;
  readonly #encoder: EntryEncoder;
  #writer: Writer | undefined;
  /** Of the last commit of this process. */
  #number = 0;
  #underWay = 0;
  #settled: (() => void) | undefined;

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#encoder = new EntryEncoder(options.tables);
  }

  /** Nothing may be committed before. */
  start(writer: Writer): void {
    this.#options.sequence.addToken(writer.token);
    this.#writer = writer;
  }

  use(tables: FeedTables): void {
    this.#encoder.use(tables);
  }

  /** Resolves once listeners have heard of the commit. */
  async commit(reads: ReadSet, changes: readonly RowChange[], message: Uint8Array | undefined): Promise<CommitResult> {
    const { sequence } = this.#options;
    const number = ++this.#number;
    sequence.sent(number, changes, message);
    this.#underWay++;
    try {
      return await this.#commit(number, reads, changes, message);
    } catch (error) {
      sequence.refused(number);
      throw error;
    } finally {
      this.#ended();
    }
  }

  /** Whether what was read still holds. Resolves once listeners have heard of all that it may come from. */
  async validate(reads: ReadSet): Promise<CommitResult> {
    this.#underWay++;
    try {
      for (;;) {
        const writer = await this.#current();
        const head = { ...writer, entry: undefined, rows: [], feedLength: 0, feedBytes: 0 };
        const words = new CommitArguments(this.#options.keys, head, reads, []);
        const answer = (await this.#options.link.run(VALIDATE, words.keys, words.args)) as Answer;
        if (answer === null) await this.#renewed(writer);
        else if (answer < 0) return { status: "conflict", table: words.tableOf(answer) };
        else return await this.#heard(answer);
      }
    } finally {
      this.#ended();
    }
  }

  /**
   * Empties tables and indexes; listeners hear of a commit without changes. Resolves once they have, at once when there
   * was nothing.
   * @throws WriterFencedError
   */
  async clear(keys: readonly string[]): Promise<void> {
    const { sequence, feedLength } = this.#options;
    const number = ++this.#number;
    sequence.sent(number, [], undefined);
    this.#underWay++;
    try {
      const wordsOf = (writer: Writer): Words => {
        const entry = this.#encoder.encode(writer, number, [], undefined);
        return { keys: [...this.#options.keys, ...keys], args: [writer.field, writer.token, entry, feedLength] };
      };
      // When nobody knows whether it has happened it is done again: nothing has been written since.
      const { answer } = await this.#carry(number, CLEAR, wordsOf, true);
      if (answer === 0) {
        sequence.refused(number);
        return;
      }
      sequence.answered(number, answer);
      await sequence.whenDelivered(answer);
      sequence.raiseFloor(answer);
    } catch (error) {
      sequence.refused(number);
      throw error;
    } finally {
      this.#ended();
    }
  }

  /** The connection for commits broke. */
  async linkLost(): Promise<void> {
    // Commits that were on their way, if there were any, are told first.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#writer === undefined || this.#writer.successor !== undefined) return;
    // Nobody else asks whether the feed's connection still leads to the primary. A reader that has ended says so itself.
    await this.#options.feed.renew().catch(() => undefined);
  }

  /** Resolves once nothing is under way. */
  settled(): Promise<void> {
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#settled = resolve));
  }

  async #commit(
    number: number,
    reads: ReadSet,
    changes: readonly RowChange[],
    message: Uint8Array | undefined,
  ): Promise<CommitResult> {
    const { sequence } = this.#options;
    const wordsOf = (writer: Writer): CommitArguments => this.#words(writer, number, reads, changes, message);
    const script = changes.length > 0 && changes.every(needsNoMemory) ? COMMIT_DELETES : COMMIT;
    const { words, answer, failure } = await this.#carry(number, script, wordsOf, false);
    if (answer < 0) {
      sequence.refused(number);
      return { status: "conflict", table: words.tableOf(answer) };
    }
    sequence.answered(number, answer);
    await sequence.whenDelivered(answer);
    return { status: "committed", position: answer, ...(failure === undefined ? {} : { failure }) };
  }

  /**
   * Sends a commit until it is known what has become of it.
   * @param repeatable Whether it may happen twice, and so is sent again when that cannot be known.
   * @throws CommitOutcomeUnknownError, WriterFencedError
   */
  async #carry<T extends Words>(
    number: number,
    script: Script,
    wordsOf: (writer: Writer) => T,
    repeatable: boolean,
  ): Promise<{ readonly words: T; readonly answer: number; readonly failure?: NotReplicatedError | undefined }> {
    const { sequence, retryWindow } = this.#options;
    let deadline: number | undefined;
    for (;;) {
      const writer = this.#free() ?? (await this.#current());
      const { resets } = sequence;
      const words = wordsOf(writer);
      const { answer, lost, failure } = await this.#send(script, words);
      // The right to write may have been renewed while the commit was on its way; with a lost link it must be: whatever
      // is still on its way is refused then, and the feed has brought all that was not.
      const renewal = answer === null ? await this.#renewed(writer) : undefined;
      const result = lost === undefined ? answer : (sequence.outcome(number) ?? null);
      if (lost !== undefined && result === null) {
        // What was skipped, or belongs to another history, may have had it.
        if (sequence.resets !== resets && !repeatable) throw new CommitOutcomeUnknownError();
        // It has not happened; perhaps it is the commit itself that breaks the link.
        if (performance.now() > (deadline ??= performance.now() + retryWindow)) throw lost;
      }
      // What the feed has brought is as safe as what was written behind it.
      if (result !== null) return { words, answer: result, failure: failure ?? renewal };
    }
  }

  #words(
    writer: Writer,
    number: number,
    reads: ReadSet,
    changes: readonly RowChange[],
    message: Uint8Array | undefined,
  ): CommitArguments {
    const { keys, feedLength, feedBytes } = this.#options;
    const entry = this.#encoder.encode(writer, number, changes, message);
    const { field, token } = writer;
    const head = { field, token, entry, rows: this.#encoder.rows, feedLength, feedBytes };
    return new CommitArguments(keys, head, reads, changes);
  }

  async #send(script: Script, { keys, args }: Words): Promise<Sent> {
    try {
      return { answer: (await this.#options.link.commit(script, keys, args)) as Answer };
    } catch (error) {
      if (error instanceof LinkLostError) return { answer: null, lost: error };
      if (error instanceof NotReplicatedError) return { answer: error.reply as Answer, failure: error };
      throw error;
    }
  }

  async #heard(position: number): Promise<CommitResult> {
    await this.#options.sequence.whenDelivered(position);
    return { status: "committed", position };
  }

  /** The writer, unless it is being renewed. */
  #free(): Writer | undefined {
    return this.#writer?.successor === undefined ? this.#writer : undefined;
  }

  async #current(): Promise<Writer> {
    for (;;) {
      const writer = this.#writer;
      if (writer === undefined) throw new Error("a commit before the store was open");
      if (writer.successor === undefined) return writer;
      await writer.successor;
    }
  }

  /**
   * Resolves once the writer's token is out of force and listeners have heard of all commits under it.
   * @returns why these are not as safe as they shall be.
   * @throws WriterFencedError
   */
  #renewed(writer: Writer): Promise<NotReplicatedError | undefined> {
    return (writer.successor ??= this.#renew(writer).catch((error: unknown) => {
      // The next one who needs it tries again.
      writer.successor = undefined;
      throw error;
    }));
  }

  async #renew(writer: Writer): Promise<NotReplicatedError | undefined> {
    const { sequence, feed, onFailure } = this.#options;
    const renewal = await this.#renewal(writer);
    if (renewal === undefined) {
      const error = new WriterFencedError(writer.worker);
      onFailure(error);
      throw error;
    }
    const { writer: next, failure } = renewal;
    sequence.addToken(next.token, next.position);
    // The connection that broke may have led to another server than the feed's does: positions of two servers say
    // nothing of each other.
    await feed.renew();
    await sequence.whenDelivered(next.position);
    this.#writer = next;
    return failure;
  }

  /** Over the connection for commits, so that replicas are waited for, too. */
  async #renewal(writer: Writer): Promise<Renewal | undefined> {
    const { link, keys, retryWindow } = this.#options;
    const deadline = performance.now() + retryWindow;
    for (;;) {
      try {
        return await writer.renewed(link, keys[0]);
      } catch (error) {
        if (!(error instanceof LinkLostError || error instanceof StoreUnwritableError)) throw error;
        if (performance.now() > deadline) {
          // Whether a commit that waits for this has happened can be told only when Redis takes writes again.
          throw error instanceof LinkLostError ? error : new CommitOutcomeUnknownError(error);
        }
        if (error instanceof StoreUnwritableError)
          await new Promise((resolve) => setTimeout(resolve, UNWRITABLE_PAUSE_MS));
      }
    }
  }

  #ended(): void {
    if (--this.#underWay === 0) this.#settled?.();
  }
}

/**
 * Deleting must be possible without memory, or there would never be any again; and so must be what is noted of a
 * connection until its record is deleted, which does not make it larger by much.
 */
function needsNoMemory({ table, before, after }: RowChange): boolean {
  return after === undefined || (before !== undefined && table.name === connectionCodec.name);
}
