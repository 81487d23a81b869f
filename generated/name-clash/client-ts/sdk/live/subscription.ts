import { SubscriptionRefusedError } from "../errors.js";
import type { Request } from "../session/request.js";
import { type ServerFrame, type WireRow, writeSubscribe } from "../wire.js";
import { type Change, changeBetween, inOrder } from "./change.js";
import type { ComponentSpec, IndexSpec, Row } from "./component.js";
import { RowSet } from "./row-set.js";

/** What a subscription asks the server for. Bounds as on the wire. */
export interface Parameters<R extends Row> {
  readonly component: ComponentSpec<R>;
  readonly index: IndexSpec<R>;
  readonly left: unknown;
  readonly right: unknown;
  readonly limit: number;
  readonly desc: boolean;
}

/** A live query of the application, as the subscription that it shares with its equals sees it. */
export interface Observer<R extends Row> {
  /** There are rows that are known to be current: the first snapshot, or one after a reconnect. */
  onCurrent(): void;
  onChanges(changes: readonly Change<R>[]): void;
  /** The link dropped: the rows may be out of date. */
  onStale(): void;
  /** There are no rows to be had; after a reconnect it is tried again, unless the client has closed. */
  onFailure(error: Error): void;
}

/** The same for equal parameters; what the server would tell apart differs. */
export function parametersKey<R extends Row>(parameters: Parameters<R>): string {
  const { component, index, left, right, limit, desc } = parameters;
  const plain = (_key: string, value: unknown): unknown =>
    typeof value === "bigint"
      ? `${value}n`
      : typeof value === "number" && !Number.isFinite(value)
        ? String(value)
        : value;
  return JSON.stringify([component.name, index.name, left, right, limit, desc], plain);
}

/**
 * One subscription at the server and the rows that it gives, shared by all live queries with the same parameters.
 */
export class Subscription<R extends Row> implements Request {
  readonly answer = "sub";
  readonly key: string;
  /** Component and index. */
  readonly source: string;
  readonly parameters: Parameters<R>;
  readonly observers: Set<Observer<R>> = new Set();
  readonly rows: RowSet<R>;
  /** The id that the server gave; `undefined` while it gives no updates. */
  serverId: string | undefined;
  /** Whether `rows` are known to be what the server has. */
  isCurrent = false;
  error: Error | undefined;
  readonly #compare: (a: R, b: R) => number;
  /** The answer has come, or what came cannot be read. */
  readonly #settled: (subscription: Subscription<R>) => void;
  /** After a reconnect: what will replace `rows` once all subscriptions have been restored. */
  #restored: Map<bigint, R> | undefined;

  constructor(parameters: Parameters<R>, settled: (subscription: Subscription<R>) => void) {
    const { index } = parameters;
    this.parameters = parameters;
    this.key = parametersKey(parameters);
    this.source = `${parameters.component.name}.${parameters.index.name}`;
    this.#compare = parameters.desc ? (a, b) => index.compare(b, a) : (a, b) => index.compare(a, b);
    this.rows = new RowSet(this.#compare);
    this.#settled = settled;
  }

  frame(): Uint8Array {
    const { component, index, left, right, limit, desc } = this.parameters;
    return writeSubscribe({
      kind: "range",
      table: component.name,
      index: index.name,
      left,
      right,
      limit,
      desc,
      force: true,
    });
  }

  sent(): void {
    // Nothing to note: it counts as pending from the moment in which it was asked for.
  }

  answered(frame: ServerFrame): void {
    if (frame.kind !== "sub") return;
    this.serverId = frame.subscription;
    try {
      const { component, index } = this.parameters;
      if (frame.subscription === undefined) throw new SubscriptionRefusedError(component.name, index.name);
      this.#restored = new Map(frame.rows.map((wire) => component.read(wire)).map((row) => [row.id, row]));
      this.error = undefined;
    } catch (error) {
      this.#fail(error as Error);
    }
    this.#settled(this);
  }

  /** An update from the server. */
  update(changes: ReadonlyMap<bigint, WireRow | undefined>): void {
    if (this.error !== undefined) return;
    try {
      const { component } = this.parameters;
      const decoded = new Map<bigint, R | undefined>();
      for (const [id, wire] of changes) decoded.set(id, wire === undefined ? undefined : component.read(wire));
      if (this.#restored === undefined) this.#tell(this.#apply(decoded));
      else {
        for (const [id, row] of decoded) {
          if (row === undefined) this.#restored.delete(id);
          else this.#restored.set(id, row);
        }
      }
    } catch (error) {
      this.#fail(error as Error);
      this.show();
      this.#settled(this);
    }
  }

  /** The link has dropped. */
  lost(): void {
    const wasCurrent = this.isCurrent;
    this.serverId = undefined;
    this.isCurrent = false;
    this.#restored = undefined;
    if (wasCurrent) for (const observer of [...this.observers]) observer.onStale();
  }

  /**
   * Puts the snapshot that has come in the place of the rows.
   * @returns what tells the observers: all subscriptions are brought up to date before the first one is told.
   */
  replace(): () => void {
    const restored = this.#restored;
    if (restored === undefined) return () => undefined;
    this.#restored = undefined;
    const changes: Change<R>[] = [];
    const rows: R[] = [];
    for (const old of this.rows.view) {
      if (restored.has(old.id)) continue;
      changes.push({ kind: "delete", row: undefined, old });
    }
    for (const row of restored.values()) {
      const old = this.rows.get(row.id);
      const change = changeBetween(old, row, (a, b) => this.parameters.component.same(a, b));
      if (change !== undefined) changes.push(change);
      // A row that has not changed stays the same object.
      rows.push(change === undefined && old !== undefined ? old : row);
    }
    if (changes.length > 0) this.rows.replace(rows);
    this.isCurrent = this.error === undefined;
    const { error } = this;
    return () => {
      this.#tell(inOrder(changes, this.#compare));
      for (const observer of [...this.observers]) {
        if (error === undefined) observer.onCurrent();
        else observer.onFailure(error);
      }
    };
  }

  /** {@link replace}, and tells at once. */
  show(): void {
    this.replace()();
  }

  /** Fails all observers; what they show stays as it is. */
  refuse(error: Error): void {
    for (const observer of [...this.observers]) observer.onFailure(error);
  }

  /** Nothing that was shown is to be seen any more. */
  #fail(error: Error): void {
    this.error = error;
    this.isCurrent = false;
    this.#restored = new Map();
  }

  #apply(decoded: ReadonlyMap<bigint, R | undefined>): readonly Change<R>[] {
    const changes: Change<R>[] = [];
    for (const [id, row] of decoded) {
      const change = changeBetween(this.rows.get(id), row, (a, b) => this.parameters.component.same(a, b));
      if (change === undefined) continue;
      changes.push(change);
      if (row === undefined) this.rows.delete(id);
      else this.rows.set(row);
    }
    return inOrder(changes, this.#compare);
  }

  #tell(changes: readonly Change<R>[]): void {
    if (changes.length === 0) return;
    for (const observer of [...this.observers]) observer.onChanges(changes);
  }
}
