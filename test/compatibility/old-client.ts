import { WebSocket } from "ws";
import { expect } from "vitest";

type Row = Readonly<Record<string, unknown>>;

/** A live query of a client whose schema the type checker has not seen. */
export interface AnyRange {
  readonly ready: Promise<unknown>;
  readonly rows: readonly Row[];
  readonly row: Row | undefined;
  readonly error: Error | undefined;
  onInsert(handler: (row: Row) => void): () => void;
  onChange(handler: () => void): () => void;
}

export interface AnyQuery {
  range(index: string, left?: unknown, right?: unknown): AnyRange;
  get(key: Row): AnyRange;
}

interface AnyClient {
  readonly calls: Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;
  readonly connection: { readonly status: string; readonly error?: unknown };
  readonly events: { on(event: unknown, handler: (value: Row) => void): () => void };
  query(component: unknown): AnyQuery;
  connected(): Promise<void>;
  onError(handler: (error: unknown) => void): () => void;
  onConnection(handler: (state: { readonly status: string; readonly error?: unknown }) => void): () => void;
  close(): void;
}

/** What a client folder exports. */
export type ClientModule = Readonly<Record<string, unknown>> & {
  connect(url: string, options: Readonly<Record<string, unknown>>): AnyClient;
};

/** A client that was built with the old schema, at a server. */
export class OldClient {
  readonly module: ClientModule;
  readonly client: AnyClient;
  /** What came to `onError`. */
  readonly errors: unknown[] = [];

  constructor(module: ClientModule, url: string) {
    this.module = module;
    this.client = module.connect(url, { webSocket: WebSocket, reconnect: { baseMs: 1, maxMs: 1 }, warnOfLeaks: false });
    this.client.onError((error) => this.errors.push(error));
  }

  call(name: string, ...args: readonly unknown[]): Promise<unknown> {
    const system = this.client.calls[name];
    if (system === undefined) throw new Error(`the old client has no call ${name}`);
    return system(...args);
  }

  query(component: string): AnyQuery {
    return this.client.query(this.module[component]);
  }

  /** A query that has begun. */
  async range(component: string, index: string, left?: unknown): Promise<AnyRange> {
    const range = this.query(component).range(index, left);
    await range.ready;
    return range;
  }

  /** The error that a call ends with. */
  async failedCall(name: string, ...args: readonly unknown[]): Promise<Error> {
    return failure(this.call(name, ...args));
  }

  /** The error that a query ends with. */
  async failedRange(component: string, index: string, left?: unknown): Promise<Error> {
    return failure(this.query(component).range(index, left).ready);
  }

  close(): void {
    this.client.close();
  }
}

async function failure(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("it did not fail");
  return error;
}

/** Logs in, calls, reads what the old server stored, and hears of a change. */
export async function goesOn(old: OldClient, seeded: readonly object[] = [{ owner: 1n, kind: 3 }]): Promise<void> {
  const range = await old.range("Item", "owner", 1n);
  expect(range.rows).toMatchObject(seeded);
  const arrived = new Promise<Row>((resolve) => range.onInsert(resolve));
  expect(await old.call("put", 1n, 4)).toBe(1n);
  expect(await arrived).toMatchObject({ owner: 1n, kind: 4 });
}

/** As {@link goesOn}, where nothing of before is left. */
export const goesOnEmpty = (old: OldClient): Promise<void> => goesOn(old, []);
