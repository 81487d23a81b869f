import type { Row } from "../codegen/row.js";
import type { MaybePromise, Snapshot, Store, Table } from "../store/contract.js";
import type { Visibility } from "./access.js";
import type { QueryInterval } from "./bounds.js";
import { RowView } from "./row-view.js";
import type { Entry, Loaded } from "./window.js";

/** A query without its viewers: which rows, in which order, how many. */
export interface QuerySpec {
  readonly table: Table;
  /** Position in `table.codec.indexes`. */
  readonly index: number;
  readonly interval: QueryInterval;
  readonly limit: number;
  readonly desc: boolean;
}

/** What a scan has found, all of one state. */
export interface ScanResult extends Loaded {
  /** Of the state: every commit up to here is in it, and none behind it. */
  readonly position: number;
}

/**
 * Reads the first `wanted` visible rows of a range. Without rules that is one scan of the store. With rules the scan is
 * begun again with twice as many rows until enough of them are visible; it never looks at more than `maxScan` at once,
 * hence at less than twice as many altogether.
 */
export function scanRange(
  store: Store,
  spec: QuerySpec,
  visibility: Visibility,
  wanted: number,
  maxScan: number,
): MaybePromise<ScanResult> {
  if (spec.interval.empty || spec.limit === 0) {
    return { entries: [], frontier: undefined, exhausted: false, position: store.position };
  }
  const bounded = spec.table.codec.rules.length > 0 && visibility.key !== "*";
  return scanRows(store, spec, visibility, wanted, bounded ? Math.min(wanted, maxScan) : wanted, maxScan);
}

function scanRows(
  store: Store,
  spec: QuerySpec,
  visibility: Visibility,
  wanted: number,
  count: number,
  maxScan: number,
): MaybePromise<ScanResult> {
  const { table, index, interval, desc } = spec;
  const snapshot = store.snapshot({ table, index, lower: interval.lower, upper: interval.upper, limit: count, desc });
  const judge = ({ rows: found, position }: Snapshot): MaybePromise<ScanResult> => {
    const complete = found.length < count;
    const visible = found.filter((row) => visibility.passes(row));
    const enough = complete || visible.length >= wanted;
    if (!enough && count < maxScan) {
      return scanRows(store, spec, visibility, wanted, Math.min(count * 2, maxScan), maxScan);
    }
    return resultOf(spec, found, visible, { complete, exhausted: !enough, position });
  };
  return snapshot instanceof Promise ? snapshot.then(judge) : judge(snapshot);
}

function resultOf(
  spec: QuerySpec,
  found: readonly Row[],
  visible: readonly Row[],
  { complete, exhausted, position }: { complete: boolean; exhausted: boolean; position: number },
): ScanResult {
  const { codec } = spec.table;
  const index = codec.indexes[spec.index];
  if (index === undefined) throw new RangeError(`${codec.name} has no index number ${spec.index}`);
  const entryOf = (row: Row): Entry => ({ key: index.key(row), id: row.id, view: new RowView(codec, row) });
  const last = found.at(-1);
  return {
    entries: visible.map(entryOf),
    frontier: complete || last === undefined ? undefined : { key: index.key(last), id: last.id },
    exhausted,
    position,
  };
}
