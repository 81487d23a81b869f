import type { Row } from "../../codegen/row.js";
import type { RangeScan, Table } from "../contract.js";
import { keyCost, rowCost } from "./cache-cost.js";
import { readId, writeId } from "../id-bytes.js";
import { keyText } from "../key-text.js";
import { RowReader } from "../row-bytes.js";
import { ROW_KEY_BYTES, readStoredId, SPACE_BYTES, spaceEnd, spaceKey } from "./key-space.js";
import type { Lmdb } from "./lmdb.js";
import type { IndexState, KeyEntry, TableState } from "./table-state.js";

/** Answers reads from the overlay and, below it, from LMDB. Everything here is synchronous. */
export class EmbeddedReader {
  readonly #lmdb: Lmdb;
  readonly #key = Buffer.alloc(ROW_KEY_BYTES);
  readonly #rows = new RowReader();

  constructor(lmdb: Lmdb) {
    this.#lmdb = lmdb;
  }

  /** A fresh copy of the row. */
  get<R extends Row>(table: Table<R>, state: TableState, id: bigint): R | undefined {
    const row = this.#row(state, id);
    return row === undefined ? undefined : table.codec.clone(row as R);
  }

  /** The version of the row; 0 when there is none. */
  version(state: TableState, id: bigint): number {
    return this.#row(state, id)?.$version ?? 0;
  }

  /** The id of the row with this whole key of a unique index other than the one on `id`. */
  find(index: IndexState, key: Uint8Array): bigint | undefined {
    const text = keyText(key);
    if (index.overlay.size > 0) {
      const entry = index.overlay.get(text);
      if (entry !== undefined) return entry.present ? entry.id : undefined;
    }
    const cached = index.ids.get(text);
    if (cached !== undefined) return cached;
    const bytes = this.#lmdb.getBinaryFast(spaceKey(index.space, key));
    if (bytes === undefined) return undefined;
    const id = readStoredId(bytes);
    index.ids.set(text, id, keyCost(text));
    return id;
  }

  /** The newest state of a row. It belongs to the store: nobody may write to it. */
  #row(state: TableState, id: bigint): Row | undefined {
    const entry = state.overlay.size === 0 ? undefined : state.overlay.get(id);
    if (entry !== undefined) return entry.row;
    const cached = state.rows.get(id);
    if (cached !== undefined) return cached;
    const bytes = this.#lmdb.getBinaryFast(this.#rowKey(state.space, id));
    if (bytes === undefined) return undefined;
    const row = this.#rows.read(state.codec, id, bytes);
    state.rows.set(id, row, rowCost(bytes.length));
    return row;
  }

  /** Ids of the rows in the scan's bounds, in its order. */
  ids(scan: RangeScan, index: IndexState): bigint[] {
    const { limit, desc } = scan;
    if (limit <= 0) return [];
    const pending =
      index.overlay.size === 0
        ? []
        : index.overlay.between(keyText(scan.lower), scan.upper === undefined ? undefined : keyText(scan.upper));
    if (pending.length === 0) return this.#storedIds(scan, index, limit);
    return this.#merge(scan, index, desc ? pending.toReversed() : pending);
  }

  #storedIds(scan: RangeScan, index: IndexState, limit: number): bigint[] {
    const ids: bigint[] = [];
    if (index.codec.unique && !index.primary) {
      for (const { value } of this.#lmdb.getRange(bounds(scan, index, limit))) ids.push(readStoredId(value));
    } else {
      for (const key of this.#lmdb.getKeys(bounds(scan, index, limit))) ids.push(readId(key, key.length - 8));
    }
    return ids;
  }

  /** Both sides in the scan's order; the overlay's word counts where they meet. */
  #merge(scan: RangeScan, index: IndexState, pending: readonly KeyEntry[]): bigint[] {
    const { limit, desc } = scan;
    const ids: bigint[] = [];
    const withValues = index.codec.unique && !index.primary;
    let next = 0;
    const emitBefore = (text: string | undefined): boolean => {
      while (next < pending.length && ids.length < limit) {
        const entry = pending[next] as KeyEntry;
        if (text !== undefined && (desc ? entry.text < text : entry.text > text)) return false;
        next++;
        if (entry.present) ids.push(entry.id);
        if (entry.text === text) return true;
      }
      return false;
    };
    const options = bounds(scan, index, limit + pending.length);
    const stored = withValues ? this.#lmdb.getRange(options) : this.#lmdb.getKeys(options);
    for (const item of stored as Iterable<Uint8Array | { key: Uint8Array; value: Uint8Array }>) {
      const key = item instanceof Uint8Array ? item : item.key;
      const overridden = emitBefore(keyText(key.subarray(SPACE_BYTES)));
      if (ids.length >= limit) return ids;
      if (!overridden) ids.push(item instanceof Uint8Array ? readId(key, key.length - 8) : readStoredId(item.value));
    }
    emitBefore(undefined);
    return ids;
  }

  #rowKey(space: number, id: bigint): Buffer {
    this.#key[0] = space >> 8;
    this.#key[1] = space & 0xff;
    writeId(this.#key, SPACE_BYTES, id);
    return this.#key;
  }
}

interface LmdbBounds {
  readonly start: Uint8Array;
  readonly end: Uint8Array;
  readonly reverse: boolean;
  readonly exclusiveStart: boolean;
  readonly inclusiveEnd: boolean;
  readonly limit: number | undefined;
}

function bounds(scan: RangeScan, index: IndexState, limit: number): LmdbBounds {
  const lower = spaceKey(index.space, scan.lower);
  const upper = scan.upper === undefined ? spaceEnd(index.space) : spaceKey(index.space, scan.upper);
  return {
    start: scan.desc ? upper : lower,
    end: scan.desc ? lower : upper,
    reverse: scan.desc,
    exclusiveStart: scan.desc,
    inclusiveEnd: scan.desc,
    limit: Number.isFinite(limit) ? limit : undefined,
  };
}
