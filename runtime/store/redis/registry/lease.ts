import type { Buffer } from "node:buffer";
import { SNOWFLAKE_EPOCH_MS, SnowflakeLimitError, SnowflakeSource } from "../../snowflake.js";
import type { WorkerLease } from "./contract.js";
import { LeaseLostError, LeaseUnconfirmedError } from "./errors.js";

export interface LeaseStart {
  readonly worker: number;
  readonly token: Buffer;
  /** Of Redis' clock, ms since 1970, at a moment before {@link at}. */
  readonly redisTime: number;
  /** Of the process's own clock, when the answer came. */
  readonly at: number;
  /** Of the process's own clock: the lease holds so long at least. */
  readonly until: number;
  /** ms since 1970 that no id may go past. */
  readonly horizon: number;
  /** The process's own clock. */
  readonly now: () => number;
  /** Asked for an id without being able to give one: it should be found out why. */
  readonly onDoubt: () => void;
  /** The lease is not to be renewed any more. */
  readonly onEnd: () => Promise<void>;
  readonly release: (newestId: number) => Promise<void>;
}

/** The clock that ids go by is the process's own, which only goes forward; Redis gave the time to count from. */
export class Lease implements WorkerLease {
  readonly worker: number;
  readonly token: Buffer;
  readonly #start: LeaseStart;
  readonly #ids: SnowflakeSource;
  #shown: { readonly redis: number; readonly own: number };
  #until: number;
  #idsUntil: number;
  #lost: LeaseLostError | undefined;
  #released = false;
  /** Those who have asked for an id without getting one. */
  #waiting: { readonly resumed: Promise<void>; resolve: () => void; reject: (error: Error) => void } | undefined;
  readonly #listeners = new Set<(error: Error) => void>();

  constructor(start: LeaseStart) {
    this.#start = start;
    this.worker = start.worker;
    this.token = start.token;
    this.#shown = { redis: start.redisTime, own: start.at };
    this.#until = start.until;
    this.#idsUntil = start.until;
    const offset = start.redisTime - start.at;
    const floor = start.redisTime - SNOWFLAKE_EPOCH_MS;
    this.#ids = new SnowflakeSource(start.worker, floor, () => Math.floor(offset + start.now()));
    this.#ids.limit = start.horizon - SNOWFLAKE_EPOCH_MS;
  }

  get held(): boolean {
    return this.#lost === undefined && !this.#released && this.#start.now() <= this.#until;
  }

  get time(): number {
    return Math.floor(this.#shown.redis + this.#start.now() - this.#shown.own);
  }

  /** ms since 1970 that ids are at, and perhaps ahead of the clock. */
  get idTime(): number {
    const { redisTime, at, now } = this.#start;
    return Math.max(Math.floor(redisTime - at + now()), this.#ids.time + SNOWFLAKE_EPOCH_MS);
  }

  nextId(): bigint {
    if (this.#lost !== undefined) throw this.#lost;
    try {
      if (this.#start.now() <= this.#idsUntil && !this.#released) return this.#ids.next();
    } catch (error) {
      if (!(error instanceof SnowflakeLimitError)) throw error;
    }
    this.#start.onDoubt();
    throw new LeaseUnconfirmedError(this.worker, this.#whenResumed());
  }

  /** Redis has told the time. @param own when the answer came, by the process's own clock. */
  showed(redis: number, own: number): void {
    this.#shown = { redis, own };
  }

  /** Redis has renewed the lease. @param until of the process's own clock. */
  renewed(until: number, horizon: number): void {
    this.#until = until;
    this.#idsUntil = Math.max(this.#idsUntil, until);
    this.#ids.limit = horizon - SNOWFLAKE_EPOCH_MS;
    this.#resume();
  }

  /**
   * The process has not stood still, only Redis is out of reach: ids below the horizon are still nobody else's.
   * @param until of the process's own clock.
   */
  allowIds(until: number): void {
    this.#idsUntil = Math.max(this.#idsUntil, until);
    this.#resume();
  }

  lose(reason: string): void {
    if (this.#lost !== undefined || this.#released) return;
    this.#lost = new LeaseLostError(this.worker, reason);
    void this.#start.onEnd();
    this.#waiting?.reject(this.#lost);
    for (const listener of this.#listeners) listener(this.#lost);
  }

  onLost(listener: (error: Error) => void): () => void {
    if (this.#lost !== undefined) listener(this.#lost);
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async abandon(): Promise<void> {
    this.#released = true;
    this.#waiting?.reject(new LeaseLostError(this.worker, "the process stops"));
    await this.#start.onEnd();
  }

  async release(): Promise<void> {
    if (this.#released || this.#lost !== undefined) return;
    await this.abandon();
    await this.#start.release(this.#ids.time + SNOWFLAKE_EPOCH_MS);
  }
  #whenResumed(): Promise<void> {
    if (this.#released) return Promise.reject(new LeaseLostError(this.worker, "the process stops"));
    if (this.#waiting === undefined) {
      let resolve = (): void => undefined;
      let reject: (error: Error) => void = () => undefined;
      const resumed = new Promise<void>((yes, no) => {
        resolve = yes;
        reject = no;
      });
      this.#waiting = { resumed, resolve, reject };
    }
    return this.#waiting.resumed;
  }

  #resume(): void {
    this.#waiting?.resolve();
    this.#waiting = undefined;
  }
}
