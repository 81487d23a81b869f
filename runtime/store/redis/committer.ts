import { connectionCodec } from "../../core/connection.js";
import { scheduleCodec } from "../../core/schedule.js";
import type { CommitResult, ReadSet, RowChange } from "../contract.js";
import { CommitArguments } from "./commit-arguments.js";
import { CommitOutcomeUnknownError, LinkLostError, NotReplicatedError } from "./errors.js";
import type { CommitSequence } from "./feed/commit-sequence.js";
import { EntryEncoder } from "./feed/entry-encoder.js";
import type { FeedReader } from "./feed/feed-reader.js";
import type { FeedTables } from "./feed/feed-tables.js";
import type { RedisLink } from "./link.js";
import type { Script } from "./script.js";
import { CLEAR, COMMIT, COMMIT_DELETES, VALIDATE } from "./scripts.js";
import type { Writer } from "./writer.js";
import { WritingRight } from "./writing-right.js";

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
  readonly #right: WritingRight;
  /** Of the last commit of this process. */
  #number = 0;
  #underWay = 0;
  #settled: (() => void) | undefined;

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#encoder = new EntryEncoder(options.tables);
    this.#right = new WritingRight(options);
  }

  /** Nothing may be committed before. */
  start(writer: Writer): void {
    this.#right.start(writer);
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
        const writer = await this.#right.current();
        const head = { ...writer, entry: undefined, rows: [], feedLength: 0, feedBytes: 0 };
        const words = new CommitArguments(this.#options.keys, head, reads, []);
        const answer = (await this.#options.link.run(VALIDATE, words.keys, words.args)) as Answer;
        if (answer === null) await this.#right.renewed(writer);
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
    if (this.#right.free === undefined) return;
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
      const writer = this.#right.free ?? (await this.#right.current());
      const { resets } = sequence;
      const words = wordsOf(writer);
      const { answer, lost, failure } = await this.#send(script, words);
      // The right to write may have been renewed while the commit was on its way; with a lost link it must be: whatever
      // is still on its way is refused then, and the feed has brought all that was not.
      const renewal = answer === null ? await this.#right.renewed(writer) : undefined;
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

  #ended(): void {
    if (--this.#underWay === 0) this.#settled?.();
  }
}

/** What is noted in their rows does not make these larger by much. */
const NOTES: ReadonlySet<string> = new Set([connectionCodec.name, scheduleCodec.name]);

/**
 * Deleting must be possible without memory, or there would never be any again; and so must be what is noted of a
 * connection until its record is deleted, and of the schedule of a system that deletes what is old.
 */
function needsNoMemory({ table, before, after }: RowChange): boolean {
  return after === undefined || (before !== undefined && NOTES.has(table.name));
}
