/** Milliseconds since 1970 UTC at which ids start (2025-12-17). 41 bits from here last until 2095. */
export const SNOWFLAKE_EPOCH_MS = 1_766_000_000_000;

/** Largest number of a worker: 10 bits. */
export const MAX_WORKER = 0x3ff;

const MAX_SEQUENCE = 0xfff;
const TIME_SHIFT = 22n;
const WORKER_SHIFT = 12n;

/** The time of an id, in milliseconds since {@link SNOWFLAKE_EPOCH_MS}. */
export function snowflakeTime(id: bigint): number {
  return Number(id >> TIME_SHIFT);
}

/** What all ids of that time and later are above or equal to. */
export function snowflakeAt(time: number): bigint {
  return BigInt(time) << TIME_SHIFT;
}

/** No id may be given before the source's limit is raised. */
export class SnowflakeLimitError extends Error {
  override readonly name = "SnowflakeLimitError";

  constructor(readonly limit: number) {
    super(`ids may be given up to millisecond ${limit} since ${SNOWFLAKE_EPOCH_MS}, and those are used up`);
  }
}

/**
 * Ids of 41 bits of milliseconds, 10 bits of worker and 12 bits of sequence, ascending within one source. (The layout
 * is that of Twitter's Snowflake, 2010.)
 *
 * Time never runs backwards here: while the clock is behind the last id, and when the 4,096 ids of a millisecond are
 * used up, ids take the following millisecond instead of waiting for it.
 */
export class SnowflakeSource {
  readonly #worker: bigint;
  readonly #now: () => number;
  #time: number;
  #sequence = MAX_SEQUENCE;
  #base = 0n;

  /** The last {@link time} that an id may have. */
  limit = Infinity;

  /**
   * @param worker From 0 to {@link MAX_WORKER}; no two living sources of one store may share it.
   * @param floor A {@link time} that an earlier source with this worker had reached; ids start after it.
   * @param now The clock, in milliseconds since 1970.
   * @throws RangeError when the worker is out of range.
   */
  constructor(worker: number, floor = 0, now: () => number = Date.now) {
    if (!Number.isInteger(worker) || worker < 0 || worker > MAX_WORKER) {
      throw new RangeError(`the worker number must be a whole number from 0 to ${MAX_WORKER}, not ${worker}`);
    }
    this.#worker = BigInt(worker);
    this.#now = now;
    this.#time = floor;
  }

  /** The millisecond of the newest id, since {@link SNOWFLAKE_EPOCH_MS}. Persist it as the floor of the next source. */
  get time(): number {
    return this.#time;
  }

  /** @throws SnowflakeLimitError */
  next(): bigint {
    const clock = this.#now() - SNOWFLAKE_EPOCH_MS;
    if (clock > this.#time) {
      this.#start(clock);
    } else if (this.#sequence === MAX_SEQUENCE) {
      this.#start(this.#time + 1);
    } else {
      this.#sequence++;
    }
    return this.#base + BigInt(this.#sequence);
  }

  #start(time: number): void {
    if (time > this.limit) throw new SnowflakeLimitError(this.limit);
    this.#time = time;
    this.#sequence = 0;
    this.#base = (BigInt(time) << TIME_SHIFT) | (this.#worker << WORKER_SHIFT);
  }
}
