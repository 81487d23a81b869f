/**
 * What the embedded store and the runner cost the main thread, in microseconds an operation. Build and run:
 *
 *     npx esbuild bench/store.bench.ts --bundle --packages=external --platform=node --format=esm \
 *       --alias:hetu=./runtime/index.ts --outfile=bench/store.bench.mjs && node bench/store.bench.mjs
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RowChange } from "../runtime/store/contract.js";
import { EmbeddedStore } from "../runtime/store/embedded/embedded-store.js";
import { schema, type Position } from "../test/fixtures/world/generated/server-ts/world/index.js";
import { World } from "../test/runtime/transaction/world.js";

const ROWS = 20_000;
const NOTHING = { rows: [], keys: [], ranges: [], operations: 0 };

const folder = mkdtempSync(join(tmpdir(), "hetu-bench-"));
const store = EmbeddedStore.open({ path: folder });
store.applySchema(schema);
const table = store.table("Position");
const { codec } = table;

function written(): Promise<void> {
  if (store.durablePosition === store.position) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.onDurable((position) => {
      if (position < store.position) return;
      stop();
      resolve();
    });
  });
}

async function measure(name: string, count: number, run: (count: number) => Promise<void> | void): Promise<void> {
  await run(Math.min(count, 3000));
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    await written();
    const start = performance.now();
    await run(count);
    best = Math.min(best, ((performance.now() - start) * 1000) / count);
  }
  console.log(`${name.padEnd(60)} ${best.toFixed(2).padStart(8)} µs`);
}

const ids: bigint[] = [];
for (let i = 0; i < ROWS; i++) {
  const after = codec.create(store.nextId(), { owner: BigInt(i), zone: i % 100, x: i }, 0, false);
  ids.push(after.id);
  store.commit(NOTHING, [{ table, id: after.id, before: undefined, after }]);
  if (i % 1000 === 0) await written();
}
await written();

const random = (): bigint => ids[Math.floor(Math.random() * ROWS)] as bigint;

await measure("store.get from LMDB", 20_000, (count) => {
  for (let i = 0; i < count; i++) store.get(table, random());
});
await measure("store.lookup by a unique key from LMDB", 20_000, (count) => {
  const index = codec.indexes.findIndex(({ name }) => name === "owner");
  const owner = codec.indexes[index];
  for (let i = 0; i < count; i++) store.lookup(table, index, owner?.prefix([BigInt(i % ROWS)]) ?? new Uint8Array(0));
});
await measure("store.range of 10 rows from LMDB", 5_000, (count) => {
  for (let i = 0; i < count; i++) {
    const lower = codec.indexes[0]?.prefix([random()]) ?? new Uint8Array(0);
    store.range({ table, index: 0, lower, upper: undefined, limit: 10, desc: false });
  }
});

function change(column: "y" | "x"): RowChange {
  const before = store.get(table, random()) as Position;
  const after = codec.clone(before) as Position;
  after[column] = Math.random() * 1000;
  return { table, id: before.id, before, after };
}

await measure("store.commit of one row, no index changed (with get, clone)", 20_000, async (count) => {
  for (let i = 0; i < count; i++) {
    store.commit(NOTHING, [change("y")]);
    if (i % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
  }
});
await measure("store.commit of one row, two indexes changed", 20_000, async (count) => {
  for (let i = 0; i < count; i++) {
    store.commit(NOTHING, [change("x")]);
    if (i % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
  }
});

const world = new World(store, {
  async moveTo(ctx, x, y) {
    const me = await ctx.Position.upsert({ owner: ctx.caller ?? 0n });
    me.x = x;
    me.y = y;
  },
});
const principal = { connection: 1n, caller: 7n, group: undefined, session: {} };
await measure("runner: echo", 20_000, async (count) => {
  for (let i = 0; i < count; i++) await world.runner.call({ name: "echo", args: ["hello"], principal });
});
await measure("runner: move_to (upsert of one row, two indexes changed)", 20_000, async (count) => {
  for (let i = 0; i < count; i++) {
    const caller = BigInt(Math.floor(Math.random() * ROWS));
    const call = { name: "move_to", args: [i % 1000, i], principal: { ...principal, caller } };
    await world.runner.call(call);
    if (i % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
  }
});

await store.close();
rmSync(folder, { recursive: true });
