/**
 * What subscriptions cost in memory, without sockets and disk: `npx vitest bench --run bench/live-memory.bench.ts`.
 * Heap and buffers after a collection; the times mean nothing.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { bench } from "vitest";
import type { LiveUpdate, SubscribeRequest, Viewer } from "../runtime/live/contract.js";
import { createLiveQueries } from "../runtime/live/live-queries.js";
import type { ColumnValue } from "../runtime/schema/component.js";
import { singleStore } from "../runtime/store/single-store.js";
import { schema } from "../test/fixtures/world/generated/server-ts/world/index.js";
import { MemoryStore } from "../test/runtime/live/memory-store.js";

const CLIENTS = 1_000;
const QUERIES = 10;

class Client implements Viewer {
  readonly admin = false;
  readonly caller: bigint;

  constructor(caller: bigint) {
    this.caller = caller;
  }

  sessionValue(): ColumnValue | undefined {
    return undefined;
  }

  deliver(update: LiveUpdate): void {
    update.hetu2();
  }
}

function used(): number {
  setFlagsFromString("--expose-gc");
  for (let round = 0; round < 4; round++) runInNewContext("gc()");
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** @param request of a client's query; its answer is encoded, as for a connection. */
function measure(name: string, request: (client: number, query: number) => SubscribeRequest): void {
  bench(name, () => subscribeAll(name, request), { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 });
}

function subscribeAll(name: string, request: (client: number, query: number) => SubscribeRequest): void {
  const store = new MemoryStore(schema);
  const position = store.table("Position");
  for (let id = 1; id <= 200; id++) {
    const after = position.codec.create(BigInt(id), { owner: BigInt(id), x: id }, 0, false);
    store.commit({ rows: [], keys: [], ranges: [], operations: 0 }, [
      { table: position, id: after.id, before: undefined, after },
    ]);
  }
  const live = createLiveQueries(singleStore(store), store.tables, {
    maxSubscriptions: QUERIES,
    maxLimit: 10_000,
    maxScan: 10_000,
  });
  const clients = Array.from({ length: CLIENTS }, (_, at) => new Client(BigInt(at)));
  const before = used();
  for (const [at, client] of clients.entries()) {
    for (let query = 0; query < QUERIES; query++) {
      const result = live.subscribe(client, request(at, query));
      if (result instanceof Promise || result.status !== "subscribed") throw new Error(JSON.stringify(result));
      result.hetu2();
    }
  }
  const bytes = used() - before;
  const each = Math.round(bytes / live.subscriptions);
  console.log(`${name}: ${live.subscriptions} subscriptions, ${live.queries} queries, ${each} B a subscription`);
  live.close();
}

const range = { kind: "range", table: "Position", index: "x", limit: 20, desc: false, force: true } as const;

measure("the same 10 windows of 20 rows", (_, query) => ({ ...range, left: query, right: query + 30 }));
measure("a window of its own without rows", (client, query) => {
  const left = 1_000 + client * QUERIES + query;
  return { ...range, left, right: left };
});
measure("a window of its own of 5 rows", (client, query) => {
  const left = query + client / CLIENTS;
  return { ...range, left, right: left + 5 };
});
measure("a row of its own (200 rows)", (client, query) => {
  return { kind: "get", table: "Position", index: "id", value: ((client * QUERIES + query) % 200) + 1 };
});
