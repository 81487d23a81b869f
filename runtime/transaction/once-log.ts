import { createHash } from "node:crypto";
import { OnceRow, onceCodec } from "../core/once.js";
import { exclusive } from "../schema/bound.js";
import type { Store, StoreSet } from "../store/contract.js";
import { encodeMessage } from "../wire/message-pack.js";
import { Attempt } from "./attempt.js";
import type { Principal } from "./contract.js";
import { CallRejection, reasonFields } from "./signals.js";
import type { TableView } from "./table-view.js";
import { TablePlan } from "./table-plan.js";

/** Bytes of the id of a `once` frame: 8 of server time, 16 random ones. */
export const ONCE_ID_BYTES = 24;

/** How long results are kept. */
export const ONCE_KEPT_MS = 7 * 24 * 3_600_000;

/** How far ahead of this server's clock an id may be: another server's clock may have issued it. */
export const ONCE_AHEAD_MS = 60_000;

/** One clean-up for this many recorded calls, of at most that many rows. */
const CLEAN_EVERY = 64;
const CLEAN_ROWS = 256;

const NO_ARGUMENTS = createHash("sha256").update(encodeMessage([])).digest();
const NOBODY: Principal = { connection: undefined, caller: undefined, group: undefined, session: {} };

/** A `once` call on its way: what it would be stored under. */
export interface OnceCall {
  readonly at: number;
  readonly key: Uint8Array;
  readonly argumentsHash: Uint8Array;
}

/** Remembers the results of `@once` calls in the same transaction as their effects: in the store of these. */
export class OnceLog {
  readonly #plans: ReadonlyMap<Store, TablePlan>;
  #untilCleaning = CLEAN_EVERY;
  #cleaning = false;

  constructor(stores: StoreSet) {
    this.#plans = new Map(stores.all.map((store) => [store, new TablePlan(store.table(onceCodec.name))]));
  }

  /**
   * @param id As received; its length is right.
   * @param args As received.
   * @throws CallRejection when its time is out of the range in which results are known.
   */
  open(id: Uint8Array, system: string, caller: bigint | undefined, args: readonly unknown[], now: number): OnceCall {
    const at = Number(new DataView(id.buffer, id.byteOffset).getBigUint64(0));
    if (at < now - ONCE_KEPT_MS) {
      throw new CallRejection("ONCE_EXPIRED", reasonFields(`the id is older than ${ONCE_KEPT_MS / 86_400_000} days`));
    }
    if (at > now + ONCE_AHEAD_MS) {
      const ahead = Math.round((at - now) / 1000);
      throw new CallRejection("ONCE_EXPIRED", reasonFields(`the id is ${ahead} s ahead of the server's clock`));
    }
    const key = createHash("sha256")
      .update(`${caller === undefined ? "" : caller.toString()}\0${system}\0`)
      .update(id)
      .digest();
    return { at, key, argumentsHash: createHash("sha256").update(encodeMessage(args)).digest() };
  }

  /** A call that the engine makes once for a start of the instance. */
  ofStart(start: string, system: string, now: number): OnceCall {
    const key = createHash("sha256").update(`start\0${system}\0${start}`).digest();
    return { at: now, key, argumentsHash: NO_ARGUMENTS };
  }

  /**
   * The result that the call gave before.
   * @throws CallRejection when it was made with other arguments.
   */
  async find(attempt: Attempt, call: OnceCall): Promise<Uint8Array | undefined> {
    const row = await this.#view(attempt).get({ key: call.key });
    if (!(row instanceof OnceRow)) return undefined;
    if (Buffer.compare(row.argumentsHash, call.argumentsHash) === 0) return row.result;
    throw new CallRejection("ONCE_MISMATCH", reasonFields("a call with this id and other arguments was made before"));
  }

  async record(attempt: Attempt, call: OnceCall, result: Uint8Array): Promise<void> {
    await this.#view(attempt).insert({ ...call, result });
    this.#untilCleaning--;
    if (this.#untilCleaning > 0 || this.#cleaning) return;
    this.#untilCleaning = CLEAN_EVERY;
    this.#cleaning = true;
    setImmediate(() => void this.clean(attempt.store, attempt.now).finally(() => (this.#cleaning = false)));
  }

  /** Deletes some results that are not needed any more. @returns how many. */
  async clean(store: Store, now: number): Promise<number> {
    const attempt = new Attempt(store, "core.once", 1, now, NOBODY, undefined);
    try {
      const view = this.#view(attempt);
      const rows = await view.range("at", null, exclusive(now - ONCE_KEPT_MS), { limit: CLEAN_ROWS });
      for (const row of rows) await view.delete(row);
      return (await attempt.finish()).status === "committed" ? rows.length : 0;
    } catch {
      // A store that has failed stops the process by itself; what was not cleaned is cleaned next time.
      return 0;
    }
  }

  #view(attempt: Attempt): TableView {
    return attempt.view(this.#plans.get(attempt.store) as TablePlan);
  }
}
