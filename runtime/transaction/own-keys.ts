import type { Row, RowTracker } from "../codegen/row.js";
import { SchemaValueError } from "../codegen/schema-value-error.js";
import type { MaybePromise } from "../store/contract.js";
import { keyText } from "../store/key-text.js";
import type { TablePlan } from "./table-plan.js";
import type { TrackedRow } from "./tracked-row.js";
import { both } from "./maybe-promise.js";
import { violation } from "./unique-check.js";

/**
 * The index keys of the rows that a transaction has written. An assignment only marks its row; keys are worked out
 * when somebody asks, and rows are watched again from then on.
 */
export class OwnKeys {
  readonly #plan: TablePlan;
  readonly #tracker: RowTracker;
  #stale: TrackedRow[] = [];
  /** Rows by key, for the unique indexes that were asked for. */
  #byKey: (Map<string, TrackedRow> | undefined)[] | undefined = undefined;
  /** Whether rows have the same key for the time being, of which a map can hold one. */
  #contested = false;

  /** @param tracker Told of the next assignment to a row whose keys were worked out. */
  constructor(plan: TablePlan, tracker: RowTracker) {
    this.#plan = plan;
    this.#tracker = tracker;
  }

  /** The keys of the row are about to be wrong. */
  changing(tracked: TrackedRow): void {
    if (this.#contested) {
      // The row may leave a key to another that has it, too: whoever asks next makes the maps anew.
      this.#contested = false;
      this.#byKey = undefined;
    }
    this.#byKey?.forEach((map, index) => {
      const text = tracked.keys?.[index];
      if (text !== undefined && map?.get(text) === tracked) map.delete(text);
    });
    tracked.keys = undefined;
    this.#stale.push(tracked);
  }

  /** Brings the keys up to date. @returns its argument. */
  settled(written: readonly TrackedRow[]): readonly TrackedRow[] {
    const stale = this.#stale;
    if (stale.length > 0) {
      this.#stale = [];
      for (const tracked of stale) {
        if (tracked.row === undefined) continue;
        tracked.row.$tracker = this.#tracker;
        this.#byKey?.forEach((map, index) => {
          if (map !== undefined) this.#enter(map, index, tracked);
        });
      }
    }
    return written;
  }

  /** The written row that has this key of a unique index. */
  find(index: number, key: Uint8Array, written: readonly TrackedRow[]): TrackedRow | undefined {
    this.settled(written);
    const maps = (this.#byKey ??= []);
    let map = maps[index];
    if (map === undefined) {
      maps[index] = map = new Map();
      for (const tracked of written) this.#enter(map, index, tracked);
    }
    return map.get(keyText(key));
  }

  #enter(map: Map<string, TrackedRow>, index: number, tracked: TrackedRow): void {
    const text = this.text(index, tracked);
    if (text === undefined) return;
    const other = map.get(text);
    if (other !== undefined && other !== tracked) this.#contested = true;
    map.set(text, tracked);
  }

  /** The key of a written row; `undefined` when the row is gone or the key's columns have no values yet. */
  text(index: number, tracked: TrackedRow): string | undefined {
    if (tracked.row === undefined) return undefined;
    return ((tracked.keys ??= [])[index] ??= this.#textOf(index, tracked.row));
  }

  /**
   * Looks whether the rows that take a new key of a unique index may have it.
   * @param stored The store's row with a key.
   * @throws UniqueViolationError
   */
  checkUnique(
    index: number,
    written: readonly TrackedRow[],
    stored: (key: Uint8Array) => MaybePromise<TrackedRow | undefined>,
  ): Promise<void> | undefined {
    const codec = this.#plan.index(index);
    const taken = written.length > 1 ? new Map<string, TrackedRow>() : undefined;
    let pending: Promise<void> | undefined;
    for (const tracked of written) {
      const { row, before } = tracked;
      if (row === undefined || (before !== undefined && codec.sameKey(before, row))) continue;
      const key = codec.key(row);
      const text = keyText(key);
      if (taken?.has(text) === true) throw violation(this.#plan, index, row);
      taken?.set(text, tracked);
      const check = (found: TrackedRow | undefined): void => {
        if (found === undefined || found === tracked) return;
        const current = found.row;
        if (found.hidesStored && (current === undefined || this.#textOf(index, current) !== text)) return;
        throw violation(this.#plan, index, row);
      };
      const found = stored(key);
      if (found instanceof Promise) {
        pending = both(pending, found.then(check));
      } else {
        check(found);
      }
    }
    return pending;
  }

  #textOf(index: number, row: Row): string | undefined {
    try {
      return keyText(this.#plan.index(index).key(row));
    } catch (error) {
      // A row that an upsert made has no value in some columns until user code gives it one.
      if (error instanceof SchemaValueError && this.#plan.table.codec.missing(row) !== undefined) return undefined;
      throw error;
    }
  }
}
