import { SchemaValueError } from "../errors.js";
import { type Bound, wireBounds } from "./bounds.js";
import type { CallSignal } from "../session/options.js";
import type { Component, IndexSpec, Row } from "./component.js";
import type { LiveContext } from "./live-observer.js";
import { LiveRange } from "./live-range.js";
import { LiveRow } from "./live-row.js";
import type { Cursor, Page } from "./page.js";
import type { Parameters } from "./subscription.js";

/** Rows that a range holds when it is not told otherwise. */
export const DEFAULT_LIMIT = 1_000;

export interface RangeOptions {
  /** Rows at most: the range is a window onto the first ones, and the next one moves in when one leaves. 1,000. */
  readonly limit?: number | undefined;
  /** From the greatest to the least; `false`. The left bound stays the lower one. */
  readonly desc?: boolean | undefined;
}

/** How rows are read once. */
export interface FetchOptions extends RangeOptions {
  /** `next` of the page before: the rows behind it. */
  readonly after?: Cursor | undefined;
  /** Whether to count all rows of the range; `false`. */
  readonly count?: boolean | undefined;
  /** Gives it up when it is aborted: the promise rejects with the signal's `reason`. */
  readonly signal?: CallSignal | undefined;
}

/** Queries one component. */
export interface Query<R extends Row, Key, Indexes> {
  /**
   * The row with this key, whether it exists yet or not.
   * @param key `{ id }`, or the columns of one unique index.
   * @throws SchemaValueError when a value is not of its column's type.
   */
  get(key: Key): LiveRow<R>;
  /**
   * The rows between two bounds, both included: a value, `exclusive(value)`, or `null` for no bound. For a composite
   * index, an array with a leading part of its columns.
   * @param index the column, or the columns joined by `,`.
   * @param left left out, with `right`: the whole index.
   * @param right left out: equal to `left`.
   * @throws SchemaValueError when a value is not of its column's type.
   */
  range<Name extends keyof Indexes & string>(
    index: Name,
    left?: Bound<Indexes[Name]>,
    right?: Bound<Indexes[Name]>,
    options?: RangeOptions,
  ): LiveRange<R>;
  /**
   * The rows of a {@link range} as they are now. Sent again when the link drops.
   *
   * On hetu.1 it is a live query that is ended at once: without `after`, and `count` and `next` never come.
   * @throws SubscriptionRefusedError, SchemaMismatchError, FetchTimeoutError (option `callTimeoutMs`),
   *   ConnectionClosedError (rejects)
   * @throws SchemaValueError when a value is not of its column's type.
   */
  fetch<Name extends keyof Indexes & string>(
    index: Name,
    left?: Bound<Indexes[Name]>,
    right?: Bound<Indexes[Name]>,
    options?: FetchOptions,
  ): Promise<Page<R>>;
}

export function query<R extends Row, Key, Indexes>(
  context: LiveContext,
  component: Component<R, Key, Indexes>,
): Query<R, Key, Indexes> {
  return {
    get: (key) => new LiveRow(context, keyParameters(component, key as Readonly<Record<string, unknown>>)),
    range: (index, left, right, options) =>
      new LiveRange(context, rangeParameters(component, index, left, right, options ?? {})),
    fetch: (index, left, right, options = {}) =>
      context.reads.read(rangeParameters(component, index, left, right, options), options),
  };
}

/** What a `get` asks for: the range with both bounds at the key, which stays live while there is no row. */
export function keyParameters<R extends Row, Key, Indexes>(
  component: Component<R, Key, Indexes>,
  key: Readonly<Record<string, unknown>>,
): Parameters<R> {
  const given = Object.keys(key).sort().join(",");
  const index = Object.values(component.indexes).find(
    (spec) => spec.unique && [...spec.properties].sort().join(",") === given,
  );
  if (index === undefined) {
    const keys = Object.values(component.indexes)
      .filter((spec) => spec.unique)
      .map((spec) => `{ ${spec.properties.join(", ")} }`);
    throw new SchemaValueError(component.name, `found by ${keys.join(" or ")}`, undefined, `the key has { ${given} }`);
  }
  const values = index.properties.map((property) => key[property]);
  const value = values.length === 1 ? values[0] : values;
  return parameters(component, index, value, value, { limit: 1, desc: false });
}

export function rangeParameters<R extends Row, Key, Indexes>(
  component: Component<R, Key, Indexes>,
  name: string,
  left: unknown,
  right: unknown,
  { limit = DEFAULT_LIMIT, desc = false }: RangeOptions,
): Parameters<R> {
  const index = Object.hasOwn(component.indexes, name) ? component.indexes[name] : undefined;
  if (index === undefined) {
    const names = Object.keys(component.indexes).map((known) => JSON.stringify(known));
    throw new SchemaValueError(component.name, `queried by one of ${names.join(", ")}`, name);
  }
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new SchemaValueError(`${component.name}.${index.name}`, "limited to a whole number from 1", limit);
  }
  return parameters(component, index, left, right, { limit, desc });
}

function parameters<R extends Row>(
  component: Component<R, unknown, unknown>,
  index: IndexSpec<R>,
  left: unknown,
  right: unknown,
  { limit, desc }: { readonly limit: number; readonly desc: boolean },
): Parameters<R> {
  const paths = {
    index: `${component.name}.${index.name}`,
    columns: index.name.split(",").map((column) => `${component.name}.${column}`),
  };
  return { component, index, ...wireBounds(index.columns, left, right, paths), limit, desc };
}
