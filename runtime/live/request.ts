import { SchemaValueError } from "../codegen/schema-value-error.js";
import type { IndexCodec } from "../schema/component.js";
import type { MaybePromise, Store, Table } from "../store/contract.js";
import type { Access, Visibility } from "./access.js";
import { keyInterval, rangeInterval } from "./bounds.js";
import type { LiveOptions, SubscribeRequest, Viewer } from "./contract.js";
import { type QuerySpec, scanRange } from "./scan.js";
import { rangeId } from "./subscription-id.js";
import type { RefusalCode } from "../wire/hetu2/kinds.js";

/**
 * A query that cannot be. The message says why and what to do; it is for logs and hetu.2, never for old clients, and so
 * it may name nothing that is for admins, unless the query did.
 */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What a `range` and a one-shot read have in common. */
export type RangeRequest = Omit<Extract<SubscribeRequest, { kind: "range" }>, "kind" | "force">;

/** A `range` as a query and an id. */
export interface RangeQuery {
  readonly id: string;
  readonly spec: QuerySpec;
}

/**
 * Works out what a `range` asks for.
 * @throws RefusedError when there is no such index, or a bound or the limit makes no sense.
 */
export function readRange(table: Table, request: RangeRequest, options: LiveOptions): RangeQuery {
  const { left, right, limit, desc } = request;
  if (!Number.isSafeInteger(limit)) {
    throw new RefusedError(
      "BAD_BOUND",
      `the limit of a range over ${table.name} is ${limit}; give a whole number, or -1 for all`,
    );
  }
  const index = indexOf(table, request.index);
  const interval = checked(table, index, () => rangeInterval(table.codec, index, left, right));
  return {
    id: rangeId(table.name, index.name, left, right, limit, desc),
    spec: {
      table,
      index: table.codec.indexes.indexOf(index),
      interval,
      limit: limit < 0 ? options.maxLimit : Math.min(limit, options.maxLimit),
      desc,
    },
  };
}

/** The query that follows one row. */
export function rowSpec(table: Table, id: bigint): QuerySpec {
  const key = indexOf(table, "id").prefix([id]);
  return { table, index: 0, interval: keyInterval(key), limit: 1, desc: false };
}

/**
 * Works out where the row that a `get` asks for is looked up.
 * @throws RefusedError when there is no such index, no value, or one that makes no sense.
 */
export function readGet(table: Table, request: Extract<SubscribeRequest, { kind: "get" }>): QuerySpec {
  const index = indexOf(table, request.index);
  if (request.value === null || request.value === undefined) {
    throw new RefusedError(
      "BAD_BOUND",
      `a get by ${table.name}.${index.name} has no value; give one, or use a range for any row`,
    );
  }
  const interval = checked(table, index, () => rangeInterval(table.codec, index, request.value, null));
  return { table, index: table.codec.indexes.indexOf(index), interval, limit: 1, desc: false };
}

/** What a `get` is bound to. */
export interface FoundRow {
  /** `undefined`: there is no such row. */
  readonly id: bigint | undefined;
  readonly position: number;
}

/**
 * The first row of a query that the viewer may see.
 * @throws RefusedError when more than `maxScan` rows would be looked at to find it.
 */
export function findRow(
  store: Store,
  spec: QuerySpec,
  visibility: Visibility,
  maxScan: number,
): MaybePromise<FoundRow> {
  const found = scanRange(store, spec, visibility, 1, maxScan);
  const first = ({ exhausted, entries, position }: Awaited<typeof found>): FoundRow => {
    if (exhausted) throw tooManyHidden(spec.table, spec.index, maxScan);
    return { id: entries[0]?.id, position };
  };
  return found instanceof Promise ? found.then(first) : first(found);
}

/** A window that looks at too many rows which its viewer may not see. */
export function tooManyHidden(table: Table, index: number, maxScan: number): RefusedError {
  return new RefusedError(
    "SCAN_LIMIT",
    `a query over ${table.name}.${table.codec.indexes[index]?.name} would look at more than ${maxScan} rows (maxScan) to find those that the ` +
      `caller may see; ask by an index that begins with the column of the component's @rls or @permission(owner)`,
  );
}

/**
 * Refuses an index that the viewer may not ask by as one that does not exist.
 * @throws RefusedError
 */
export function checkIndex(
  { table, access }: { readonly table: Table; readonly access: Access },
  { index }: QuerySpec,
  viewer: Viewer,
): void {
  if (!access.mayAskBy(index, viewer)) throw unknownIndex(table, table.codec.indexes[index]?.name ?? "");
}

function indexOf(table: Table, name: string): IndexCodec {
  const index = table.codec.indexes.find((one) => one.name === name);
  if (index === undefined) throw unknownIndex(table, name);
  return index;
}

function unknownIndex(table: Table, name: string): RefusedError {
  const names = table.codec.indexes.map((one) => one.name).join("; ");
  return new RefusedError("UNKNOWN_INDEX", `${table.name} has no index "${name}"; it has: ${names}`);
}

function checked<T>(table: Table, index: IndexCodec, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SchemaValueError)) throw error;
    throw new RefusedError("BAD_BOUND", `a bound of a query over ${table.name}.${index.name}: ${error.message}`, {
      cause: error,
    });
  }
}
