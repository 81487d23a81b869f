import { expect, test } from "vitest";
import { readServerFrame } from "../../../runtime/wire/server-frames.js";
import { openWorld } from "./live-world.js";

const at = (owner: bigint, x: number, zone = 0) => ({ owner, x, zone });

test("subscribers of one query share one scan, one answer and the bytes of each update", async () => {
  const { store, live, commit, viewer } = openWorld();
  await commit(["insert", "Position", 1n, at(1n, 1)]);
  const viewers = Array.from({ length: 50 }, (_, caller) => viewer({ caller: BigInt(caller) }));
  for (const one of viewers) one.range("Position", "x", 0, 10);
  expect([live.subscriptions, live.queries, store.reads]).toEqual([50, 1, 1]);
  await commit(["update", "Position", 1n, { x: 2 }]);
  const [first, ...others] = viewers.map((one) => one.updates[0]);
  for (const other of others) expect(other).toBe(first);
  expect(first?.hetu1()).toBe(first?.hetu1());
  expect(store.reads).toBe(1);
});

test("bounds that mean the same share a query under different ids", async () => {
  const { live, commit, viewer } = openWorld();
  const one = viewer({ caller: 1n });
  const ids = [
    one.range("Position", "x", 0, 10),
    one.range("Position", "x", "[0", "10"),
    one.range("Position", "x", "[0", "[10"),
  ];
  expect(new Set(ids).size).toBe(3);
  expect(live.queries).toBe(1);
  await commit(["insert", "Position", 1n, at(1n, 1)]);
  for (const id of ids) expect(one.ids(id)).toEqual([1]);
});

test("viewers with the same values in the rules share a query, others do not", async () => {
  const { live, viewer } = openWorld();
  for (const [caller, guild] of [
    [1n, 5n],
    [2n, 5n],
    [3n, 6n],
  ] as const) {
    viewer({ caller, session: { guild } }).range("Notice", "guild", 0, 9);
  }
  expect(live.queries).toBe(2);
});

test("a repeated sub gives the same id and a fresh snapshot, and one unsub ends it", async () => {
  const { live, commit, viewer } = openWorld();
  const one = viewer({ caller: 1n });
  const id = one.range("Position", "x", 0, 10);
  await commit(["insert", "Position", 1n, at(1n, 1)]);
  expect(one.range("Position", "x", 0, 10)).toBe(id);
  expect(one.ids(id)).toEqual([1]);
  expect(live.subscriptions).toBe(1);
  await commit(["insert", "Position", 2n, at(2n, 1)]);
  expect(one.updates).toHaveLength(2);
  one.unsubscribe(id);
  await commit(["insert", "Position", 3n, at(3n, 1)]);
  expect(one.updates).toHaveLength(2);
  expect([live.subscriptions, live.queries]).toEqual([0, 0]);
});

test("a viewer that is gone gets nothing more and leaves nothing behind; others go on", async () => {
  const { live, commit, viewer } = openWorld();
  const [one, two] = [viewer({ caller: 1n }), viewer({ caller: 2n })];
  one.range("Position", "x", 0, 10);
  one.range("Position", "zone,x", [1], null);
  two.range("Position", "x", 0, 10);
  live.drop(one);
  expect([live.subscriptions, live.queries]).toEqual([1, 1]);
  await commit(["insert", "Position", 1n, at(1n, 1)]);
  expect([one.updates.length, two.updates.length]).toEqual([0, 1]);
  live.unsubscribe(one, "Position.x[0:10:1][:10]");
  live.drop(one);
  expect(live.subscriptions).toBe(1);
});

test("a viewer may hold so many subscriptions and no more", async () => {
  const { viewer } = openWorld({ maxSubscriptions: 2 });
  const one = viewer({ caller: 1n });
  const id = one.range("Position", "x", 0, 1);
  one.range("Position", "x", 0, 2);
  const request = {
    kind: "range",
    table: "Position",
    index: "x",
    left: 0,
    limit: 10,
    desc: false,
    force: true,
  } as const;
  expect(await one.subscribe({ ...request, right: 3 })).toMatchObject({
    status: "refused",
    reason: expect.stringContaining("2 subscriptions (maxSubscriptions)") as string,
  });
  one.range("Position", "x", 0, 1);
  one.unsubscribe(id);
  one.range("Position", "x", 0, 3);
});

test("an answer keeps the rows of its moment, however late it is encoded", async () => {
  const { commit, viewer } = openWorld();
  await commit(["insert", "Position", 1n, at(1n, 1)]);
  const one = viewer({ caller: 1n });
  const request = {
    kind: "range",
    table: "Position",
    index: "x",
    left: 0,
    right: 9,
    limit: 9,
    desc: false,
    force: true,
  } as const;
  const before = await one.subscribe(request);
  await commit(["update", "Position", 1n, { x: 2 }]);
  const after = await one.subscribe(request);
  const rows = [before, after].map((result) => result.status === "subscribed" && readServerFrame(result.hetu1()));
  expect(rows).toMatchObject([{ rows: [{ x: 1 }] }, { rows: [{ x: 2 }] }]);
});

test("copies of a component are tables of their own", async () => {
  const { commit, viewer } = openWorld();
  const one = viewer({ admin: true });
  const id = one.range("Journal:Shop", "key", 0, 10);
  expect(id).toBe("Journal:Shop.key[0:10:1][:10]");
  await commit(["insert", "Journal", 1n, { key: 1 }]);
  await commit(["insert", "Journal:Shop", 2n, { key: 2 }]);
  expect(one.ids(id)).toEqual([2]);
});

test("after close nothing is delivered any more", async () => {
  const { live, commit, viewer } = openWorld();
  const one = viewer({ caller: 1n });
  one.range("Position", "x", 0, 10);
  live.close();
  await commit(["insert", "Position", 1n, at(1n, 1)]);
  expect(one.updates).toEqual([]);
  expect(live.subscriptions).toBe(0);
});

test("merged updates lead to the same rows, say each row once and share their bytes", async () => {
  const { commit, viewer } = openWorld();
  await commit(["insert", "Position", 1n, at(1n, 1)], ["insert", "Position", 2n, at(2n, 1)]);
  const [one, two] = [viewer({ caller: 1n }), viewer({ caller: 2n })];
  one.range("Position", "x", 0, 10);
  two.range("Position", "x", 0, 10);
  await commit(["insert", "Position", 3n, at(3n, 3)], ["update", "Position", 1n, { x: 4 }]);
  await commit(["delete", "Position", 3n], ["update", "Position", 1n, { x: 5 }], ["delete", "Position", 2n]);
  await commit(["insert", "Position", 2n, at(2n, 7)]);
  const merge = (of: typeof one) => of.updates.reduce((merged, next) => merged.merge(next));
  const merged = merge(one);
  // Row 3 came and went before the reader heard of it.
  expect([...merged.rows.keys()]).toEqual([1n, 2n]);
  expect(readServerFrame(merged.hetu1())).toMatchObject({
    kind: "updt",
    rows: new Map([
      [1n, { id: 1, x: 5 }],
      [2n, { x: 7 }],
    ]),
  });
  expect(merged.position).toBe(4);
  expect(merge(two)).toBe(merged);
});

test("ten thousand subscriptions that a change does not touch add no work to it", async () => {
  const { live, commit, viewer } = openWorld({ maxSubscriptions: 100_000 });
  await commit(["insert", "Position", 1n, at(1n, 50_000, 7)]);
  const work = async (x: number): Promise<{ probes: number; applied: number }> => {
    const before = live.work;
    await commit(["update", "Position", 1n, { x }]);
    return { probes: live.work.probes - before.probes, applied: live.work.applied - before.applied };
  };
  const watcher = viewer({ caller: 1n });
  watcher.range("Position", "x", 50_000, 60_000);
  watcher.range("Position", "zone,x", [7], null);
  watcher.get("Position", "owner", 1);
  watcher.range("Position", "x", 50_002, null);
  const alone = await work(50_001);
  expect(alone.applied).toBe(3);
  const others = viewer({ caller: 2n });
  for (let other = 0; other < 2500; other++) {
    others.range("Position", "x", other * 10, other * 10 + 5);
    others.range("Position", "x", 70_000 + other, null);
    others.range("Position", "zone,x", [1000 + other], null);
    others.range("Position", "owner", 100 + other, null);
  }
  expect(live.subscriptions).toBe(10_004);
  const among = await work(50_003);
  expect(among.applied).toBe(3);
  // Two stabs, one for each of the row's keys, along a tree that is at most 1.44 log2(2,500) high.
  expect(among.probes - alone.probes).toBeLessThanOrEqual(2 * 17);
});

test("the rows behind a full window and the rows of other owners cost a query nothing", async () => {
  const { live, commit, viewer } = openWorld();
  for (let x = 1; x <= 100; x++) await commit(["insert", "Position", BigInt(x), at(BigInt(x), x)]);
  viewer({ caller: 1n }).range("Position", "x", 0, 1000, { limit: 10 });
  viewer({ caller: 1n }).range("Position", "x", 0, 60, { limit: 10, desc: true });
  for (let caller = 1n; caller <= 100n; caller++) viewer({ caller }).range("Inventory", "id", 0, 1000);
  const before = live.work.applied;
  await commit(["update", "Position", 90n, { x: 95 }]);
  await commit(["update", "Position", 35n, { x: 36 }]);
  expect(live.work.applied).toBe(before);
  await commit(["insert", "Inventory", 1n, { owner: 50n, item: 1 }]);
  expect(live.work.applied).toBe(before + 1);
});
