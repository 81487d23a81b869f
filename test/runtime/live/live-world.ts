import type { Row } from "../../../runtime/codegen/row.js";
import type {
  LiveOptions,
  LiveUpdate,
  SubscribeRequest,
  SubscribeResult,
  Viewer,
} from "../../../runtime/live/contract.js";
import { createLiveQueries } from "../../../runtime/live/live-queries.js";
import type { ColumnValue } from "../../../runtime/schema/component.js";
import type { MaybePromise, RowChange, Store, StoreSet, Table } from "../../../runtime/store/contract.js";
import { singleStore } from "../../../runtime/store/single-store.js";
import { readServerFrame, type WireRow } from "../../../runtime/wire/server-frames.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { ArrayView, columnsOf } from "./array-view.js";
import { MemoryStore } from "./memory-store.js";
import { text } from "./row-text.js";

const NO_READS = { rows: [], keys: [], ranges: [], operations: 0 };

export const DEFAULTS: LiveOptions = { maxSubscriptions: 100, maxLimit: 1000, maxScan: 1000 };

export type Values = Readonly<Record<string, unknown>>;

export type Write =
  | readonly ["insert", string, bigint, Values]
  | readonly ["update", string, bigint, Values]
  | readonly ["delete", string, bigint];

/** Live queries over a store that is written to directly. */
export function openWorld<S extends Store = MemoryStore>(options: Partial<LiveOptions> = {}, store?: S) {
  const opened = (store ?? new MemoryStore(schema)) as S;
  const live = openLive(singleStore(opened), options);
  return {
    store: opened,
    live,
    /** Commits the writes as one transaction. */
    commit: (...writes: readonly Write[]) => commitTo(opened, writes),
    viewer: (is: Partial<TestViewer> = {}) => new TestViewer({ live }, is),
  };
}

/** Live queries over all tables of the schema. */
export function openLive(stores: StoreSet, options: Partial<LiveOptions> = {}): TestLive {
  const tables = schema.tables.map(({ name }) => stores.of(name).table(name));
  return createLiveQueries(stores, tables, { ...DEFAULTS, ...options });
}

export type TestLive = ReturnType<typeof createLiveQueries>;

/** Commits the writes as one transaction. @returns its position. */
export async function commitTo(store: Store, writes: readonly Write[], message?: Uint8Array): Promise<number> {
  const changes: RowChange[] = [];
  for (const write of writes) changes.push(await changeOf(store, store.table(write[1]), write));
  const result = await store.commit(NO_READS, changes, message);
  return result.status === "committed" ? result.position : -1;
}

async function changeOf(store: Store, table: Table, [kind, , id, values]: Write): Promise<RowChange> {
  const before = await store.get(table, id);
  if (kind === "insert") return { table, id, before: undefined, after: table.codec.create(id, values, 0, false) };
  if (before === undefined) throw new Error(`there is no ${table.name} ${id}`);
  if (kind === "delete") return { table, id, before, after: undefined };
  const after = table.codec.clone(before);
  table.codec.assign(after, values);
  return { table, id, before, after };
}

/** A connection that builds its view of each subscription from the bytes that it was sent, as a client does. */
export class TestViewer implements Viewer {
  readonly #world: { readonly live: TestLive };
  caller: bigint | undefined;
  admin = false;
  session: Record<string, ColumnValue> = {};
  /** What was delivered and not looked at yet. */
  updates: LiveUpdate[] = [];
  /** Row by id in each subscription. */
  readonly views = new Map<string, Map<bigint, WireRow>>();
  /** The same as clients of hetu.2 have them; of components that travel there. */
  readonly arrays = new Map<string, ArrayView>();

  /** @param world whose live queries may be exchanged. */
  constructor(world: { readonly live: TestLive }, is: Partial<TestViewer> = {}) {
    this.#world = world;
    Object.assign(this, is);
  }

  sessionValue(name: string): ColumnValue | undefined {
    return this.session[name];
  }

  deliver(update: LiveUpdate): void {
    this.updates.push(update);
    const view = this.views.get(update.subscription);
    if (view === undefined) throw new Error(`an update for ${update.subscription}, which is not subscribed`);
    applyUpdate(view, update);
    const arrays = this.arrays.get(update.subscription);
    arrays?.update(update.hetu2(), true);
    arrays?.expectSame(view);
  }

  subscribe(request: SubscribeRequest): MaybePromise<SubscribeResult> {
    const result = this.#world.live.subscribe(this, request);
    const { table } = request;
    return result instanceof Promise ? result.then((later) => this.#took(table, later)) : this.#took(table, result);
  }

  /** Subscribes on a store that answers at once. @returns the id. */
  range(
    table: string,
    index: string,
    left: unknown,
    right: unknown,
    more: { limit?: number; desc?: boolean } = {},
  ): string {
    const { limit = 10, desc = false } = more;
    return this.#now({ kind: "range", table, index, left, right, limit, desc, force: true });
  }

  get(table: string, index: string, value: unknown): string {
    return this.#now({ kind: "get", table, index, value });
  }

  unsubscribe(id: string): void {
    this.#world.live.unsubscribe(this, id);
    this.views.delete(id);
    this.arrays.delete(id);
  }

  /** The ids of the rows in a view, in no order. */
  ids(subscription: string): number[] {
    return [...(this.views.get(subscription)?.keys() ?? [])].map(Number).sort((a, b) => a - b);
  }

  row(subscription: string, id: bigint): WireRow | undefined {
    return this.views.get(subscription)?.get(id);
  }

  /** What was delivered since the last call: of each update, the rows by id, `null` where one is gone. */
  take(): Record<string, Record<string, unknown>>[] {
    return this.updates.splice(0).map((update) => ({ [update.subscription]: plain(update.rows) }));
  }

  #now(request: SubscribeRequest): string {
    const result = this.subscribe(request);
    if (result instanceof Promise) throw new Error("the store answers later");
    if (result.status !== "subscribed") throw new Error(JSON.stringify(result));
    return result.subscription;
  }

  #took(table: string, result: SubscribeResult): SubscribeResult {
    if (result.status !== "subscribed") return result;
    const frame = readServerFrame(result.hetu1());
    if (frame.kind !== "sub" || frame.subscription !== result.subscription) throw new Error("not the answer of a sub");
    const view = new Map(frame.rows.map((row) => [BigInt(row["id"] as bigint | number), row]));
    this.views.set(result.subscription, view);
    if (columnsOf(table) === undefined) return result;
    const arrays = new ArrayView(table, result.hetu2());
    if (arrays.number !== result.number) throw new Error("not the number of the subscription");
    this.arrays.set(result.subscription, arrays);
    arrays.expectSame(view);
    return result;
  }
}

/** Changes a view as the bytes say. @throws when they say nothing, or something that the view already has. */
function applyUpdate(view: Map<bigint, WireRow>, update: LiveUpdate): void {
  const frame = readServerFrame(update.hetu1());
  if (frame.kind !== "updt" || frame.subscription !== update.subscription) throw new Error("not an updt");
  if (frame.rows.size === 0) throw new Error(`an empty update of ${update.subscription}`);
  if (frame.rows.size !== update.rows.size) throw new Error("bytes and rows differ");
  for (const [id, row] of frame.rows) {
    const known = view.get(id);
    if ((row === undefined) !== (update.rows.get(id) === undefined)) throw new Error("bytes and rows differ");
    if (row === undefined) {
      if (known === undefined) throw new Error(`row ${id} is gone from ${update.subscription}, which never had it`);
      view.delete(id);
      continue;
    }
    if (known !== undefined && text(known) === text(row)) throw new Error(`nothing new in row ${id}`);
    view.set(id, row);
  }
}

/** A row's columns as text that can be compared. */
function plain(rows: ReadonlyMap<bigint, Row | undefined>): Record<string, unknown> {
  return Object.fromEntries([...rows].map(([id, row]) => [String(id), row === undefined ? null : row.toObject()]));
}
