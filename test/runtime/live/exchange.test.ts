import fc from "fast-check";
import { expect, test } from "vitest";
import { createLiveQueries } from "../../../runtime/live/live-queries.js";
import { SubscriptionNumbers } from "../../../runtime/live/subscription-numbers.js";
import type { ComponentCodec } from "../../../runtime/schema/component.js";
import type { Table } from "../../../runtime/store/contract.js";
import { singleStore } from "../../../runtime/store/single-store.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { DelayedStore } from "./delayed-store.js";
import { commitTo, DEFAULTS, openLive, type TestLive, TestViewer, type Write } from "./live-world.js";
import { MemoryStore } from "./memory-store.js";

const range = {
  kind: "range",
  table: "Position",
  index: "x",
  left: 0,
  right: 99,
  limit: 50,
  desc: false,
  force: true,
} as const;
const id = "Position.x[0:99:1][:50]";
const insert = (row: number): Write => ["insert", "Position", BigInt(row), { owner: BigInt(row), x: row }];

/** Live queries that are exchanged for others, over the same store and with the same names for subscriptions. */
function openExchange<S extends MemoryStore>(store: S, onMessage?: (message: Uint8Array, position: number) => void) {
  const options = { numbers: new SubscriptionNumbers(), ...(onMessage && { onMessage }) };
  const world: { live: TestLive } = { live: openLive(singleStore(store), options) };
  return {
    world,
    viewer: (caller: bigint) => new TestViewer(world, { caller }),
    /** @param change of the tables that the new code sees. */
    async exchange(change: (table: Table) => Table | undefined = (table) => table) {
      const before = world.live;
      const held = await before.handOver();
      store.exchangeCodecs();
      const tables = store.tables.map(change).filter((table) => table !== undefined);
      store.tables = tables;
      world.live = createLiveQueries(singleStore(store), tables, { ...DEFAULTS, ...options });
      const lost = await world.live.takeOver(held);
      before.close();
      return lost;
    },
  };
}

function withCodec(name: string, change: (codec: ComponentCodec) => ComponentCodec): (table: Table) => Table {
  return (table) => (table.name === name ? { ...table, codec: change(table.codec) } : table);
}

test("every commit is told as one of its own, with the same number, wherever between them the code is exchanged", async () => {
  const event = fc.constantFrom("commit", "commit", "commit", "arrive", "arrive", "exchange", "cancel");
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 40, size: "max" }), async (events) => {
      const store = new DelayedStore(schema);
      store.foreign = true;
      const told: (number | string)[] = [];
      const { world, viewer, exchange } = openExchange(store, (_, position) => told.push(`message ${position}`));
      const one = viewer(1n);
      const answer = one.subscribe(range);
      await store.settle();
      const result = await answer;
      const deliver = one.deliver.bind(one);
      one.deliver = (update) => {
        told.push(update.position);
        expect(result).toMatchObject({ number: update.number, subscription: update.subscription });
        deliver(update);
      };
      for (const next of events) {
        if (next === "commit") await commitTo(store, [insert(store.committed + 1)], Buffer.from("hello"));
        else if (next === "arrive") store.arrive();
        else if (next === "cancel") (await world.live.handOver()).cancel();
        else expect(await exchange()).toEqual([]);
      }
      await store.settle();
      const all = Array.from({ length: store.committed }, (_, at) => [at + 1, `message ${at + 1}`]);
      expect(told).toEqual(all.flat());
      expect(one.ids(id)).toHaveLength(store.committed);
      world.live.drop(one);
      expect([world.live.subscriptions, world.live.queries]).toEqual([0, 0]);
    }),
    { numRuns: 200 },
  );
});

test("commits that came before the exchange and were not told wait for it, and the answers to calls with them", async () => {
  const store = new DelayedStore(schema);
  const { world, viewer, exchange } = openExchange(store);
  const one = viewer(1n);
  const answer = one.subscribe(range);
  await store.settle();
  await answer;
  const held = await world.live.handOver();
  for (const row of [1, 2, 3]) await commitTo(store, [insert(row)]);
  await store.settle();
  let reached = false;
  const told = Promise.resolve(world.live.reached(store, 2)).then(() => (reached = true));
  await Promise.resolve();
  expect([one.updates.length, reached]).toEqual([0, false]);
  held.cancel();
  await told;
  expect(one.updates.map(({ position }) => position)).toEqual([1, 2, 3]);
  await world.live.handOver();
  await commitTo(store, [insert(4)]);
  await store.settle();
  const later = world.live.reached(store, 4);
  expect(await exchange()).toEqual([]);
  await later;
  expect(one.updates.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
});

test("requests under way are answered by the new code", async () => {
  const store = new DelayedStore(schema);
  const { world, viewer, exchange } = openExchange(store);
  await commitTo(store, [insert(1)]);
  await store.settle();
  const one = viewer(1n);
  const before = world.live;
  const answers = [one.subscribe(range), one.subscribe({ kind: "get", table: "Position", index: "owner", value: 1 })];
  const page = before.read(one, { ...range, after: undefined, count: false });
  await exchange();
  await store.settle();
  for (const answer of answers) expect(await answer).toMatchObject({ status: "subscribed" });
  expect(await page).toMatchObject({ status: "page", rows: [{ id: 1n }] });
  expect([before.subscriptions, world.live.subscriptions]).toEqual([0, 2]);
  await commitTo(store, [["update", "Position", 1n, { x: 5 }]]);
  await store.settle();
  expect(one.updates).toHaveLength(2);
});

test("a table whose rules have changed is one difference for each of its subscriptions", async () => {
  const store = new MemoryStore(schema);
  const { world, viewer, exchange } = openExchange(store);
  for (const row of [1n, 2n]) await commitTo(store, [["insert", "Inventory", row, { owner: row, item: 1 }]]);
  const one = viewer(1n);
  const all = one.range("Inventory", "id", 0, 99);
  one.get("Inventory", "id", 1);
  expect(one.ids(all)).toEqual([1]);
  expect(await exchange(withCodec("Inventory", (codec) => ({ ...codec, rules: [] })))).toEqual([]);
  expect(one.take()).toMatchObject([{ [all]: { "2": { owner: 2n } } }]);
  expect(await exchange(withCodec("Inventory", (codec) => ({ ...codec, readers: "admin" })))).toEqual([]);
  expect(one.take()).toMatchObject([
    { [all]: { "1": null, "2": null } },
    { "Inventory.id[1:None:1][:1]": { "1": null } },
  ]);
  expect(world.live.subscriptions).toBe(2);
});

test("a subscription of what is not there any more ends with the reason, and its number is free", async () => {
  const store = new MemoryStore(schema);
  const { world, viewer, exchange } = openExchange(store);
  const one = viewer(1n);
  const [notices, byX, byId] = [
    one.range("Notice", "id", 0, 9),
    one.range("Position", "x", 0, 9),
    one.range("Position", "id", 0, 9),
  ];
  const lost = await exchange((table) => {
    if (table.name === "Notice") return undefined;
    const without = withCodec("Position", (codec) => ({
      ...codec,
      indexes: codec.indexes.filter(({ name }) => name !== "x"),
    }));
    return without(table);
  });
  expect(lost).toEqual([
    { viewer: one, subscription: notices, reason: 'there is no component "Notice" any more' },
    { viewer: one, subscription: byX, reason: 'Position has no index "x" over the same columns any more' },
  ]);
  expect(world.live.subscriptions).toBe(1);
  await commitTo(store, [insert(3)]);
  expect(one.ids(byId)).toEqual([3]);
});

test("where the store has gone on unheard, everyone is told the difference", async () => {
  const store = new MemoryStore(schema);
  const { viewer, exchange } = openExchange(store);
  await commitTo(store, [insert(1), insert(2)]);
  const one = viewer(1n);
  const window = one.range("Position", "x", 0, 9);
  store.muted = true;
  await commitTo(store, [["delete", "Position", 1n], ["update", "Position", 2n, { y: 3 }], insert(3)]);
  store.muted = false;
  expect(await exchange()).toEqual([]);
  expect(one.take()).toMatchObject([{ [window]: { "1": null, "2": { y: 3 }, "3": {} } }]);
});
