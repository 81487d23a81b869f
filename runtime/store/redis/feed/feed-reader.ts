import { StoreClosedError, StoreFailedError } from "../../errors.js";
import { delayOf } from "../connection.js";
import { LinkLostError, RedisReplyError, StoreUnwritableError } from "../errors.js";
import { DEFAULT_RETRY_WINDOW_MS, type DedicatedLink } from "../link.js";
import { isUnwritable } from "../reply-kinds.js";
import type { CommitSequence, FeedState } from "./commit-sequence.js";
import { FeedBatch } from "./feed-batch.js";
import { type FeedLag, LagClock } from "./feed-lag.js";
import { History } from "./history.js";
import { Pause } from "./pause.js";

export interface FeedReaderOptions {
  /** A connection to the primary of the partition, for this reader alone. Asked again whenever one was lost. */
  readonly connect: () => DedicatedLink;
  /** Key of the stream. */
  readonly stream: string;
  /** Key of the meta hash. */
  readonly meta: string;
  readonly sequence: CommitSequence;
  /** The feed cannot be read any more: the process must end. */
  readonly onFailure: (error: Error) => void;
  /** Entries that may be in memory without having been delivered; default 256. */
  readonly batch?: number;
  /** Milliseconds that a read waits for entries, after which the history is looked at; default 2,000. */
  readonly block?: number;
  /** Milliseconds without a connection after which reading has failed; default 30,000. */
  readonly retryWindow?: number;
}

const DEFAULT_BATCH = 256;

/** Less than the silence after which a connection counts as lost. */
const DEFAULT_BLOCK_MS = 2_000;

/**
 * How long the first read of a connection waits; doubled up to the longest. After a failover positions
 * may be passed without an entry, and somebody may wait for them.
 */
const FIRST_BLOCK_MS = 50;

/** How often a reader that is behind asks how far. */
const HEAD_INTERVAL_MS = 1_000;

/** Somebody who waits for a look at the history over a connection after this one. */
interface Renewal {
  readonly dials: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Reads the feed of one partition into a {@link CommitSequence}, over a connection of its own. The next entries are
 * asked for once those of the last read were delivered, so that at most one batch is in memory.
 */
export class FeedReader {
  readonly #options: FeedReaderOptions;
  readonly #sequence: CommitSequence;
  readonly #batch: number;
  readonly #block: number;
  readonly #window: number;
  readonly #pause = new Pause();
  readonly #lag: LagClock;
  #head = 0;
  #headAt = 0;
  #link: DedicatedLink | undefined;
  #lost = false;
  #verified = false;
  #started = false;
  #closed = false;
  #attempts = 0;
  #deadline: NodeJS.Timeout | undefined;
  /** Why reading has ended the last time. */
  #cause: unknown = undefined;
  #running: Promise<void> = Promise.resolve();
  #ready: () => void = () => undefined;
  #refuse: (error: Error) => void = () => undefined;
  /** Connections so far. */
  #dials = 0;
  #renewing: Renewal[] = [];

  constructor(options: FeedReaderOptions) {
    this.#options = options;
    this.#sequence = options.sequence;
    this.#batch = options.batch ?? DEFAULT_BATCH;
    this.#block = options.block ?? DEFAULT_BLOCK_MS;
    this.#window = options.retryWindow ?? DEFAULT_RETRY_WINDOW_MS;
    this.#lag = new LagClock(this.#block);
  }

  /** How far this process is behind. */
  get lag(): FeedLag {
    const positions = Math.max(this.#head, this.#sequence.highest) - this.#sequence.position;
    return { positions: Math.max(0, positions), milliseconds: this.#lag.milliseconds };
  }

  /** Begins behind what is there already. Resolves once the sequence knows its position. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#ready = resolve;
      this.#refuse = reject;
      this.#running = this.#run();
    });
  }

  /**
   * Reads on over a new connection: the present one may lead to a server that is not the primary any more, where others
   * have been told of a failover by the loss of theirs. Resolves once the history was looked at there.
   * @throws StoreClosedError, StoreFailedError
   */
  renew(): Promise<void> {
    if (this.#closed) return Promise.reject(new StoreClosedError());
    return new Promise((resolve, reject) => {
      this.#renewing.push({ dials: this.#dials, resolve, reject });
      this.#lost = true;
      this.#link?.close();
    });
  }

  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#end(new StoreClosedError());
      this.#link?.close();
      this.#pause.end();
    }
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      this.#startDeadline();
      const link = this.#options.connect();
      this.#dials++;
      this.#link = link;
      this.#lost = false;
      this.#verified = false;
      const forget = link.onLost(() => (this.#lost = true));
      try {
        await this.#follow(link);
      } catch (error) {
        this.#lag.behind();
        this.#cause = error;
        if (error instanceof LinkLostError) {
          // A connection that has answered was a good one: the next one need not wait.
          if (this.#verified) this.#isHeard();
        } else if (!(error instanceof RedisReplyError)) this.#fail(error);
        else if (isUnwritable(error)) {
          // It answers, and a new history cannot begin before it takes writes.
          if (this.#started) this.#isHeard();
          else this.#fail(new StoreUnwritableError(error));
        }
      } finally {
        forget();
        link.close();
      }
      if (!this.#closed) await this.#pause.wait(delayOf(++this.#attempts));
    }
    clearTimeout(this.#deadline);
  }

  /** Reads until the connection or the reader ends. */
  async #follow(link: DedicatedLink): Promise<void> {
    const { meta, stream } = this.#options;
    const history = new History(link, [meta, stream]);
    await this.#verify(link, history);
    this.#isRenewed();
    let block = Math.min(FIRST_BLOCK_MS, this.#block);
    while (!this.#closed) {
      const batch = await this.#read(link, block);
      if (this.#closed) return;
      if (this.#lost) throw new LinkLostError("the feed");
      if (batch.size === 0) {
        block = Math.min(block * 2, this.#block);
        await this.#verify(link, history);
      } else await this.#deliver(batch, history);
    }
  }

  /** Makes sure that the history is still the one that was read so far. */
  async #verify(link: DedicatedLink, history: History): Promise<void> {
    const state = await history.state(this.#sequence.highest);
    if (this.#closed) return;
    this.#verified = true;
    if (!this.#started) {
      this.#started = true;
      this.#sequence.start(state);
      this.#lag.caughtUp();
      this.#ready();
    } else if (this.#sequence.isAt(state)) {
      this.#lag.caughtUp();
    } else {
      this.#head = state.position;
      this.#sequence.raiseFloor(state.floor);
      const batch = await this.#read(link, undefined);
      if (this.#closed) return;
      if (batch.size === 0) await this.#skip(history, state.position === this.#sequence.read);
      else await this.#deliver(batch, history);
    }
  }

  /** @param block milliseconds to wait for entries; `undefined`: not at all. */
  async #read(link: DedicatedLink, block: number | undefined): Promise<FeedBatch> {
    const from = `${this.#sequence.read}-0`;
    const waiting = block === undefined ? [] : ["BLOCK", block];
    const reply = await link.command("XREAD", [
      "COUNT",
      this.#batch,
      ...waiting,
      "STREAMS",
      this.#options.stream,
      from,
    ]);
    this.#isHeard();
    return new FeedBatch(reply);
  }

  async #deliver(batch: FeedBatch, history: History): Promise<void> {
    const sequence = this.#sequence;
    let jumped = false;
    for (let i = 0; i < batch.size; i++) {
      const position = batch.position(i);
      const next = sequence.read + 1;
      if (!sequence.accept(position, batch.value(i))) {
        await this.#skip(history, position <= next);
        return;
      }
      // Entries follow each other, but their positions do not: somebody has begun a new history.
      if (position > next) jumped = true;
      if (this.#closed) return;
    }
    if (jumped) sequence.raiseFloor((await history.state(sequence.highest)).floor);
    if (batch.size < this.#batch) this.#lag.caughtUp();
    else await this.#isBehind(history);
  }

  /** The entry that should follow is not there: goes on at the present. */
  async #skip(history: History, rewritten: boolean): Promise<void> {
    let state: FeedState = await history.state(this.#sequence.highest, rewritten);
    // Commits of this process that were answered meanwhile have been delivered, and must not come again.
    while (!this.#closed && state.position < this.#sequence.position) {
      state = await history.state(this.#sequence.highest);
    }
    if (this.#closed) return;
    this.#sequence.reset(state);
    this.#lag.caughtUp();
  }

  async #isBehind(history: History): Promise<void> {
    this.#lag.behind();
    const now = performance.now();
    if (now - this.#headAt < HEAD_INTERVAL_MS) return;
    this.#headAt = now;
    this.#head = (await history.state(this.#sequence.highest)).position;
  }

  #isRenewed(): void {
    const renewed = this.#renewing.filter(({ dials }) => dials < this.#dials);
    this.#renewing = this.#renewing.filter(({ dials }) => dials >= this.#dials);
    for (const { resolve } of renewed) resolve();
  }

  /** Nobody needs to wait any more. */
  #end(reason: Error): void {
    this.#refuse(reason);
    for (const { reject } of this.#renewing.splice(0)) reject(reason);
  }

  #isHeard(): void {
    this.#attempts = 0;
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }

  #startDeadline(): void {
    this.#deadline ??= setTimeout(() => {
      const reason = `the change feed could not be read for ${this.#window / 1000} s (retry_window)`;
      const detail = this.#cause instanceof Error ? `: ${this.#cause.message}` : "";
      this.#fail(new StoreFailedError(reason + detail, this.#cause));
    }, this.#window);
  }

  #fail(error: unknown): void {
    const reason = error instanceof Error ? error : new Error(String(error));
    if (this.#closed) return;
    this.#closed = true;
    this.#end(reason);
    this.#link?.close();
    this.#pause.end();
    this.#options.onFailure(reason);
  }
}
