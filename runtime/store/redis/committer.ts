import type { CommitResult, ReadSet, RowChange } from "../contract.js";
import { CommitArguments } from "./commit-arguments.js";
import { CommitOutcomeUnknownError, LinkLostError, NotReplicatedError, WriterFencedError } from "./errors.js";
import type { CommitSequence } from "./feed/commit-sequence.js";
import { EntryEncoder } from "./feed/entry-encoder.js";
import type { FeedTables } from "./feed/feed-tables.js";
import type { RedisLink } from "./link.js";
import { COMMIT } from "./scripts.js";
import type { Writer } from "./writer.js";

export interface CommitterOptions {
  readonly link: RedisLink;
  /** Of the partition's meta hash and stream. */
  readonly keys: readonly [string, string];
  readonly sequence: CommitSequence;
  readonly tables: FeedTables;
  readonly feedLength: number;
  readonly onFailure: (error: Error) => void;
}

/** What commit.lua answers: a position, minus the number of a key in conflict, or null without the right to write. */
type Answer = number | null;

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
        const head = { ...writer, entry: undefined, rows: [], feedLength: 0 };
        const words = new CommitArguments(this.#options.keys, head, reads, []);
        const answer = (await this.#options.link.run(COMMIT, words.keys, words.args)) as Answer;
        if (answer === null) await this.#renewed(writer);
        else if (answer < 0) return { status: "conflict", table: words.tableOf(answer) };
        else return await this.#heard(answer);
      }
    } finally {
      this.#ended();
    }
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
    const { link, keys, feedLength, sequence } = this.#options;
    const { resets } = sequence;
    for (;;) {
      const writer = this.#free() ?? (await this.#current());
      const entry = this.#encoder.encode(writer, number, changes, message);
      const { field, token } = writer;
      const words = new CommitArguments(
        keys,
        { field, token, entry, rows: this.#encoder.rows, feedLength },
        reads,
        changes,
      );
      let answer: Answer | undefined;
      let failure: NotReplicatedError | undefined;
      try {
        answer = (await link.commit(COMMIT, words.keys, words.args)) as Answer;
      } catch (error) {
        if (error instanceof NotReplicatedError) {
          answer = error.reply as Answer;
          failure = error;
        } else if (!(error instanceof LinkLostError)) throw error;
      }
      if (answer === null) {
        // Refused: this process itself may have renewed its token meanwhile.
        await this.#renewed(writer);
        continue;
      }
      if (answer === undefined) {
        // Whatever was on its way is refused once the token is renewed, and the feed has all that was not.
        await this.#renewed(writer);
        answer = sequence.outcome(number);
        if (answer === undefined) {
          if (sequence.resets !== resets) throw new CommitOutcomeUnknownError();
          continue;
        }
      }
      if (answer < 0) {
        sequence.refused(number);
        return { status: "conflict", table: words.tableOf(answer) };
      }
      sequence.answered(number, answer);
      const result = await this.#heard(answer);
      if (failure !== undefined) throw failure;
      return result;
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
   * @throws WriterFencedError
   */
  #renewed(writer: Writer): Promise<void> {
    return (writer.successor ??= this.#renew(writer).catch((error: unknown) => {
      // The next one who needs it tries again.
      writer.successor = undefined;
      throw error;
    }));
  }

  async #renew(writer: Writer): Promise<void> {
    const { link, keys, sequence, onFailure } = this.#options;
    const next = await writer.renewed(link, keys[0]);
    if (next === undefined) {
      const error = new WriterFencedError(writer.worker);
      onFailure(error);
      throw error;
    }
    sequence.addToken(next.token);
    await sequence.whenDelivered(next.position);
    this.#writer = next;
  }

  #ended(): void {
    if (--this.#underWay === 0) this.#settled?.();
  }
}
