import type { Row } from "../codegen/row.js";
import type { IndexCodec } from "../schema/component.js";
import type { MaybePromise, Snapshot, Store } from "../store/contract.js";
import type { Visibility } from "./access.js";
import { holds } from "./bounds.js";
import { RefusedError, tooManyHidden } from "./request.js";
import type { QuerySpec } from "./scan.js";
import type { Place } from "./window.js";

/** The rows of one page, and where the next one begins. */
export interface PageRows {
  readonly rows: readonly Row[];
  /** `undefined`: there are no more. */
  readonly next: Uint8Array | undefined;
  /** Of the state that they are of. */
  readonly position: number;
}

/** How many visible rows a range has in the state at a position. */
export interface RowCount {
  readonly count: number;
  readonly position: number;
}

/** Bytes of the id in front of the key in a cursor. */
const ID_LENGTH = 8;

/**
 * Where a page ended, for the client to give back: the id and the index key of its last row. It tells nothing that the
 * row itself does not.
 */
export function writeCursor({ id, key }: Place): Uint8Array {
  const cursor = new Uint8Array(ID_LENGTH + key.length);
  new DataView(cursor.buffer).setBigInt64(0, id);
  cursor.set(key, ID_LENGTH);
  return cursor;
}

/**
 * Reads a cursor that came from a client: anything may be in it.
 * @throws RefusedError unless it is a place within the query.
 */
export function readCursor(spec: QuerySpec, cursor: Uint8Array): Place {
  const key = Uint8Array.from(cursor.subarray(ID_LENGTH));
  if (cursor.length < ID_LENGTH || !holds(spec.interval, key)) {
    throw new RefusedError(
      "BAD_BOUND",
      "after is not a place of this query; give back what the page before has as next",
    );
  }
  return { key, id: new DataView(cursor.buffer, cursor.byteOffset, ID_LENGTH).getBigInt64(0) };
}

/**
 * The first `limit` visible rows of a query behind a place. Rows in front of it that have its key, and rows that are not
 * visible, are looked at as well: the scan is begun again with twice as many rows until there are enough.
 *
 * @param maxScan rows that it may look at, besides those of the page.
 * @throws RefusedError when it would have to look at more.
 */
export function readPage(
  store: Store,
  spec: QuerySpec,
  visibility: Visibility,
  after: Place | undefined,
  maxScan: number,
): MaybePromise<PageRows> {
  // One more than the page, to know whether there is a next one.
  const most = Math.max(maxScan, spec.limit + 2);
  return scan(store, spec, visibility, after, Math.min(spec.limit + (after === undefined ? 1 : 2), most), most);
}

/**
 * How many visible rows the whole range has.
 * @throws RefusedError when there are more than `maxScan` rows to look at.
 */
export function countRows(
  store: Store,
  spec: QuerySpec,
  visibility: Visibility,
  maxScan: number,
): MaybePromise<RowCount> {
  const { table, index, interval } = spec;
  if (interval.empty) return { count: 0, position: store.position };
  const snapshot = store.snapshot({
    table,
    index,
    lower: interval.lower,
    upper: interval.upper,
    limit: maxScan + 1,
    desc: false,
  });
  const count = ({ rows: found, position }: Snapshot): RowCount => {
    if (found.length <= maxScan) {
      return { count: found.reduce((sum, row) => (visibility.passes(row) ? sum + 1 : sum), 0), position };
    }
    throw new RefusedError(
      "SCAN_LIMIT",
      `the range over ${table.name}.${indexOf(spec).name} has more than ${maxScan} rows (maxScan), too many to count; ` +
        "ask for a smaller range, or keep the count in a row",
    );
  };
  return snapshot instanceof Promise ? snapshot.then(count) : count(snapshot);
}

function scan(
  store: Store,
  spec: QuerySpec,
  visibility: Visibility,
  after: Place | undefined,
  count: number,
  most: number,
): MaybePromise<PageRows> {
  const { table, index, interval, limit, desc } = spec;
  if (interval.empty || limit === 0) return { rows: [], next: undefined, position: store.position };
  // The keys from the place on; those that are equal to its own are told apart by their ids.
  const lower = after === undefined || desc ? interval.lower : after.key;
  const upper = after === undefined || !desc ? interval.upper : firstKeyBehind(after.key);
  const codec = indexOf(spec);
  const judge = ({ rows: found, position }: Snapshot): MaybePromise<PageRows> => {
    const rows = found.filter((row) => visibility.passes(row) && isBehind(codec, desc, after, row));
    const last = rows[limit - 1];
    if (rows.length > limit && last !== undefined) {
      return { rows: rows.slice(0, limit), next: writeCursor({ key: codec.key(last), id: last.id }), position };
    }
    if (found.length < count) return { rows, next: undefined, position };
    if (count >= most) throw tooManyHidden(table, index, most);
    return scan(store, spec, visibility, after, Math.min(count * 2, most), most);
  };
  const snapshot = store.snapshot({ table, index, lower, upper, limit: count, desc });
  return snapshot instanceof Promise ? snapshot.then(judge) : judge(snapshot);
}

function isBehind(codec: IndexCodec, desc: boolean, after: Place | undefined, row: Row): boolean {
  if (after === undefined) return true;
  const order = Buffer.compare(codec.key(row), after.key) || (row.id < after.id ? -1 : row.id > after.id ? 1 : 0);
  return desc ? order < 0 : order > 0;
}

/** The first key in the order of `memcmp` that is greater. */
function firstKeyBehind(key: Uint8Array): Uint8Array {
  const next = new Uint8Array(key.length + 1);
  next.set(key);
  return next;
}

function indexOf({ table, index }: QuerySpec): IndexCodec {
  const codec = table.codec.indexes[index];
  if (codec === undefined) throw new RangeError(`${table.name} has no index number ${index}`);
  return codec;
}
