/**
 * The live queries alone, without sockets and disk: `npx vitest bench --run bench/live-engine.bench.ts`.
 * Each benchmark is one committed change; the store is a map, so nearly all of the time is the engine's.
 */
import { bench, describe } from "vitest";
import type { LiveUpdate, Viewer } from "../runtime/live/contract.js";
import { createLiveQueries } from "../runtime/live/live-queries.js";
import type { ColumnValue } from "../runtime/schema/component.js";
import { singleStore } from "../runtime/store/single-store.js";
import { schema } from "../test/fixtures/world/generated/server-ts/world/index.js";
import { MemoryStore } from "../test/runtime/live/memory-store.js";

const OPTIONS = { maxSubscriptions: 1_000_000, maxLimit: 10_000, maxScan: 10_000 };
const NO_READS = { rows: [], keys: [], ranges: [], operations: 0 };

/** Takes the bytes as a connection would. */
class Reader implements Viewer {
  readonly admin = false;
  readonly caller: bigint;
  bytes = 0;

  constructor(caller: bigint) {
    this.caller = caller;
  }

  sessionValue(): ColumnValue | undefined {
    return undefined;
  }

  deliver(update: LiveUpdate): void {
    this.bytes += update.hetu1().length;
  }
}

function world(rows: number) {
  const store = new MemoryStore(schema);
  const live = createLiveQueries(singleStore(store), store.tables, OPTIONS);
  const positions = store.table("Position");
  const { codec } = positions;
  const current = Array.from({ length: rows }, (_, at) =>
    codec.create(BigInt(at + 1), { owner: BigInt(at + 1), x: at }, 0, false),
  );
  for (const after of current) store.commit(NO_READS, [{ table: positions, id: after.id, before: undefined, after }]);
  let time = 0;
  /** Commits a change of one row: to `x`, or of another column when it is left out. */
  const change = (at: number, x?: number): void => {
    const before = current[at];
    if (before === undefined) throw new RangeError(`no row ${at}`);
    const after = codec.clone(before);
    codec.assign(after, x === undefined ? { y: ++time % 1000 } : { x });
    current[at] = after;
    store.commit(NO_READS, [{ table: positions, id: before.id, before, after }]);
  };
  const range = (viewer: Viewer, table: string, index: string, left: unknown, right: unknown, limit: number): void => {
    const result = live.subscribe(viewer, {
      kind: "range",
      table,
      index,
      left,
      right,
      limit,
      desc: false,
      force: true,
    });
    if (result instanceof Promise || result.status !== "subscribed") throw new Error(JSON.stringify(result));
  };
  return { store, change, range };
}

describe("one change in a window of 100 rows, by number of subscribers", () => {
  for (const subscribers of [0, 1, 500, 5_000]) {
    const { change, range } = world(100);
    for (let at = 0; at < subscribers; at++) range(new Reader(BigInt(at)), "Position", "x", 0, 1000, 100);
    bench(`${subscribers} subscribers`, () => change(50));
  }
});

describe("one change that one range is touched by, by number of subscriptions that it does not touch", () => {
  for (const untouched of [0, 1_000, 10_000, 100_000]) {
    const { change, range } = world(10);
    range(new Reader(1n), "Position", "x", 0, 9, 10);
    const others = new Reader(2n);
    for (let at = 0; at < untouched; at++) range(others, "Position", "x", 1000 + at, 1000 + at + 10, 10);
    bench(`${untouched} untouched ranges`, () => change(5));
  }
});

describe("one change that a get of the row is touched by, by number of gets of other rows", () => {
  for (const untouched of [0, 10_000, 100_000]) {
    const { change, range } = world(10);
    range(new Reader(1n), "Position", "id", 5, null, 1);
    const others = new Reader(2n);
    for (let at = 0; at < untouched; at++) range(others, "Position", "id", 1000 + at, null, 1);
    bench(`${untouched} untouched gets`, () => change(4));
  }
});

describe("one row of one owner, by number of owners who watch the same range", () => {
  for (const owners of [1, 10_000]) {
    const { store, range } = world(0);
    const table = store.table("Inventory");
    let before = table.codec.create(1n, { owner: 1n, item: 1 }, 0, false);
    store.commit(NO_READS, [{ table, id: 1n, before: undefined, after: before }]);
    for (let owner = 1; owner <= owners; owner++) range(new Reader(BigInt(owner)), "Inventory", "id", 0, 1000, 100);
    let count = 0;
    bench(`${owners} owners`, () => {
      const after = table.codec.clone(before);
      table.codec.assign(after, { count: ++count % 1000 });
      store.commit(NO_READS, [{ table, id: 1n, before, after }]);
      before = after;
    });
  }
});

describe("a window of the first 10 of 1,000 rows", () => {
  const cases = [
    { name: "a change behind the window", row: 900, places: [900, 901] },
    { name: "the first row goes to the end and comes back", row: 0, places: [5000, 0] },
  ];
  for (const { name, row, places } of cases) {
    const { change, range } = world(1_000);
    range(new Reader(1n), "Position", "x", 0, [], 10);
    let turn = 0;
    bench(name, () => change(row, places[turn++ & 1]));
  }
});
