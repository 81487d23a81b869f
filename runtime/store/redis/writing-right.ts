import {
  CommitOutcomeUnknownError,
  LinkLostError,
  type NotReplicatedError,
  StoreUnwritableError,
  WriterFencedError,
} from "./errors.js";
import type { CommitSequence } from "./feed/commit-sequence.js";
import type { FeedReader } from "./feed/feed-reader.js";
import type { RedisLink } from "./link.js";
import type { Renewal, Writer } from "./writer.js";

/** Between two attempts to write to a Redis that takes no writes. */
const UNWRITABLE_PAUSE_MS = 250;

export interface WritingRightOptions {
  readonly link: RedisLink;
  /** Of the partition's meta hash and stream. */
  readonly keys: readonly [string, string];
  readonly sequence: CommitSequence;
  readonly feed: FeedReader;
  /** Milliseconds for which a renewal is tried again. */
  readonly retryWindow: number;
  readonly onFailure: (error: Error) => void;
}

/**
 * The right of one process to commit to one partition. It is renewed under another token when a link was lost: what is
 * still on its way under the old one is refused then.
 */
export class WritingRight {
  readonly #options: WritingRightOptions;
  #writer: Writer | undefined;

  constructor(options: WritingRightOptions) {
    this.#options = options;
  }

  start(writer: Writer): void {
    this.#options.sequence.addToken(writer.token);
    this.#writer = writer;
  }

  /** The writer; `undefined`: there is none, or it is being renewed. */
  get free(): Writer | undefined {
    return this.#writer?.successor === undefined ? this.#writer : undefined;
  }

  /** The writer, once it is renewed if it was to be. */
  async current(): Promise<Writer> {
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
  renewed(writer: Writer): Promise<NotReplicatedError | undefined> {
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
}
