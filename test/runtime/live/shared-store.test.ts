import { describe, expect, it } from "vitest";
import type { StoreSet } from "../../../runtime/store/contract.js";
import { singleStore } from "../../../runtime/store/single-store.js";
import { readServerFrames } from "../../../runtime/wire/hetu2/frames.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { DelayedStore, macrotask } from "./delayed-store.js";
import { commitTo, openLive, TestViewer, type Write } from "./live-world.js";

const at = (owner: bigint, x: number) => ({ owner, x });
const range = { kind: "range", table: "Position", index: "x", left: 0, right: 99, desc: false, force: true } as const;
const insert = (id: number): Write => ["insert", "Position", BigInt(id), at(BigInt(id), id)];

function twoStores() {
  const [home, other] = [new DelayedStore(schema), new DelayedStore(schema)];
  const stores: StoreSet = { all: [home, other], of: (table) => (table === "Notice" ? other : home) };
  return { home, other, stores };
}

describe("a reset", () => {
  it("is one difference for each subscription, of what was missed", async () => {
    const store = new DelayedStore(schema);
    const world = { live: openLive(singleStore(store)) };
    const one = new TestViewer(world, { caller: 1n });
    await commitTo(store, [insert(1), insert(2)]);
    const answers = [one.subscribe({ ...range, limit: 5 }), one.subscribe({ ...range, left: 2, limit: 5 })];
    await store.settle();
    for (const answer of answers) await answer;
    await commitTo(store, [["delete", "Position", 1n]]);
    await commitTo(store, [insert(3)]);
    await commitTo(store, [["update", "Position", 2n, { y: 4 }]]);
    store.lose(0);
    await store.settle();
    await commitTo(store, [insert(4)]);
    await store.settle();
    expect(one.updates.map(({ position }) => position)).toEqual([4, 4, 5, 5]);
    expect(one.take().slice(0, 2)).toMatchObject([
      { "Position.x[0:99:1][:5]": { "1": null, "2": { y: 4 }, "3": {} } },
      { "Position.x[2:99:1][:5]": { "2": { y: 4 }, "3": {} } },
    ]);
  });

  it("tells of rows that differ although their version is the one that is known, and of no others", async () => {
    const store = new DelayedStore(schema);
    const world = { live: openLive(singleStore(store)) };
    const one = new TestViewer(world, { caller: 1n });
    await commitTo(store, [insert(1)]);
    await commitTo(store, [insert(2)]);
    const answer = one.subscribe({ ...range, limit: 5 });
    await store.settle();
    await answer;
    const floor = await store.rewrite(1, 0, async () => {
      await commitTo(store, [["insert", "Position", 2n, { owner: 2n, x: 7 }]]);
    });
    await store.settle();
    expect(one.updates.map(({ position }) => position)).toEqual([floor]);
    expect(one.take()).toMatchObject([{ "Position.x[0:99:1][:5]": { "2": { x: 7 } } }]);
  });

  it("says nothing to those for whom nothing has changed", async () => {
    const store = new DelayedStore(schema);
    const world = { live: openLive(singleStore(store)) };
    const one = new TestViewer(world, { caller: 1n });
    await commitTo(store, [insert(1)]);
    const answer = one.subscribe({ ...range, limit: 5 });
    await store.settle();
    await answer;
    await commitTo(store, [["insert", "Notice", 1n, { guild: 1n, text: "" }]]);
    store.lose(0);
    await store.settle();
    expect(one.updates).toEqual([]);
    expect(world.live.reached(store, 2)).toBeUndefined();
  });

  it("has a reader that comes back from before it told of all rows", async () => {
    const store = new DelayedStore(schema);
    const world = { live: openLive(singleStore(store)) };
    await commitTo(store, [insert(1)]);
    await store.settle();
    await store.rewrite(1, 0, () =>
      commitTo(store, [["insert", "Position", 1n, { owner: 1n, x: 9 }]]).then(() => undefined),
    );
    await store.settle();
    const answer = new TestViewer(world, { caller: 1n }).subscribe({ ...range, limit: 5 });
    await store.settle();
    const result = await answer;
    if (result.status !== "subscribed") throw new Error(result.status);
    // The version is 1 in both histories.
    const [frame] = readServerFrames(result.caughtUp(new Set([1n]), 1));
    expect(frame).toMatchObject({ kind: "caughtUp", delta: { inserts: [[1, 1, 0, 9, 0]] } });
  });
});

describe("the answer to a call", () => {
  it("waits until every viewer has been told of its commit, and never on a store that has told", async () => {
    const store = new DelayedStore(schema);
    const { reached, one } = await (async () => {
      const live = openLive(singleStore(store));
      for (let id = 1; id <= 30; id++) await commitTo(store, [insert(id)]);
      const viewer = new TestViewer({ live }, { caller: 1n });
      const answer = viewer.subscribe({ ...range, limit: 2 });
      await store.settle();
      await answer;
      return { reached: (position: number) => live.reached(store, position), one: viewer };
    })();
    expect(reached(30)).toBeUndefined();
    // The window runs out of rows.
    await commitTo(
      store,
      Array.from({ length: 12 }, (_, id): Write => ["delete", "Position", BigInt(id + 1)]),
    );
    store.arrive();
    const told: number[] = [];
    const waits = [32, 31, 31].map((position) => Promise.resolve(reached(position)).then(() => told.push(position)));
    await commitTo(store, [insert(40)]);
    store.arrive();
    await macrotask();
    expect([told, one.updates]).toEqual([[], []]);
    await store.settle();
    await Promise.all(waits);
    expect(told).toEqual([31, 31, 32]);
    expect(one.updates).toHaveLength(1);
    expect(reached(32)).toBeUndefined();
  });
});

describe("several stores", () => {
  it("count the subscriptions of a viewer together", async () => {
    const { home, other, stores } = twoStores();
    const world = { live: openLive(stores, { maxSubscriptions: 1 }) };
    const one = new TestViewer(world, { caller: 1n, session: { guild: 1n } });
    const first = one.subscribe({ ...range, limit: 5 });
    await home.settle();
    expect(await first).toMatchObject({ status: "subscribed" });
    const second = one.subscribe({ ...range, table: "Notice", index: "id", limit: 5 });
    await other.settle();
    expect(await second).toMatchObject({ status: "refused", code: "TOO_MANY_SUBSCRIPTIONS" });
  });

  it("do not wait for each other", async () => {
    const { home, other, stores } = twoStores();
    const live = openLive(stores);
    await commitTo(home, [insert(1)]);
    await commitTo(other, [["insert", "Notice", 1n, { guild: 1n, text: "" }]]);
    other.arrive();
    expect(live.reached(other, 1)).toBeUndefined();
    expect(live.reached(home, 1)).toBeInstanceOf(Promise);
  });
});

describe("a message of another process", () => {
  it("is handed on once, also when the rows of its commit were covered by a reset; one's own is not", async () => {
    const store = new DelayedStore(schema);
    const messages: [string, number, boolean][] = [];
    openLive(singleStore(store), {
      onMessage: (message, position, of) => messages.push([Buffer.from(message).toString(), position, of === store]),
    });
    await commitTo(store, [insert(1)], Buffer.from("own"));
    store.foreign = true;
    await commitTo(store, [insert(2)], Buffer.from("theirs"));
    await commitTo(store, [insert(3)]);
    await store.settle();
    expect(messages).toEqual([["theirs", 2, true]]);
  });
});

describe("a one-shot read", () => {
  it("has the position of what it saw, and comes when viewers have been told of that", async () => {
    const store = new DelayedStore(schema);
    store.seesLate = true;
    const live = openLive(singleStore(store));
    await commitTo(store, [insert(1)]);
    const one = new TestViewer({ live }, { caller: 1n });
    let answered = false;
    const page = Promise.resolve(live.read(one, { ...range, limit: 5, after: undefined, count: true })).finally(
      () => (answered = true),
    );
    store.answer(0);
    store.answer(0);
    await macrotask();
    expect(answered).toBe(false);
    store.arrive();
    expect(await page).toMatchObject({ status: "page", position: 1, count: 1, rows: [{ id: 1n }] });
  });
});
