import { expect, test } from "vitest";
import { openWorld } from "./live-world.js";

const at = (owner: bigint, x: number, zone = 0) => ({ owner, x, zone });

test("a range answers with its rows in index order and then follows inserts, changes and deletes", async () => {
  const { commit, viewer } = openWorld();
  await commit(["insert", "Position", 1n, at(1n, 5)], ["insert", "Position", 2n, at(2n, 3)]);
  const one = viewer({ caller: 1n });
  const result = await one.subscribe({
    kind: "range",
    table: "Position",
    index: "x",
    left: 0,
    right: 10,
    limit: 10,
    desc: false,
    force: true,
  });
  expect(result).toMatchObject({ status: "subscribed", kind: "range", position: 1 });
  expect(result.status === "subscribed" && result.rows.map((row) => row.id)).toEqual([2n, 1n]);

  await commit(["insert", "Position", 3n, at(3n, 4)]);
  expect(one.take()).toMatchObject([{ "Position.x[0:10:1][:10]": { "3": { x: 4 } } }]);
  await commit(["update", "Position", 3n, { y: 9 }]);
  expect(one.take()).toMatchObject([{ "Position.x[0:10:1][:10]": { "3": { x: 4, y: 9 } } }]);
  await commit(["update", "Position", 3n, { x: 11 }]);
  expect(one.take()).toEqual([{ "Position.x[0:10:1][:10]": { "3": null } }]);
  await commit(["delete", "Position", 1n]);
  expect(one.take()).toEqual([{ "Position.x[0:10:1][:10]": { "1": null } }]);
});

test("several changes of one transaction to one subscription arrive as one update with the commit's position", async () => {
  const { commit, viewer } = openWorld();
  const one = viewer({ caller: 1n });
  const id = one.range("Position", "x", 0, 10);
  const position = await commit(["insert", "Position", 1n, at(1n, 1)], ["insert", "Position", 2n, at(2n, 2)]);
  expect(one.updates.map((update) => [update.subscription, update.position])).toEqual([[id, position]]);
  expect(one.ids(id)).toEqual([1, 2]);
});

test("updates of one commit reach all subscriptions before those of the next", async () => {
  const { commit, viewer } = openWorld();
  const one = viewer({ caller: 1n });
  one.range("Position", "x", 0, 10);
  one.range("Position", "zone,x", [0], null);
  await commit(["insert", "Position", 1n, at(1n, 1)]);
  await commit(["insert", "Position", 2n, at(2n, 1)]);
  expect(one.updates.map((update) => update.position)).toEqual([1, 1, 2, 2]);
});

test("a change outside of the range is not told", async () => {
  const { commit, viewer } = openWorld();
  const one = viewer({ caller: 1n });
  one.range("Position", "x", 0, 10);
  await commit(["insert", "Position", 1n, at(1n, 10.5)]);
  await commit(["update", "Position", 1n, { x: 20 }]);
  await commit(["delete", "Position", 1n]);
  expect(one.updates).toEqual([]);
});

test("a write that changes nothing is not told", async () => {
  const { commit, viewer } = openWorld();
  await commit(["insert", "Position", 1n, at(1n, 1)]);
  const one = viewer({ caller: 1n });
  one.range("Position", "x", 0, 10);
  await commit(["update", "Position", 1n, { x: 1 }]);
  expect(one.updates).toEqual([]);
});

test("when a row leaves a full window, the next one moves in with the same update", async () => {
  const { commit, viewer } = openWorld();
  for (let x = 1; x <= 5; x++) await commit(["insert", "Position", BigInt(x), at(BigInt(x), x)]);
  const one = viewer({ caller: 1n });
  const id = one.range("Position", "x", 0, 100, { limit: 3 });
  expect(one.ids(id)).toEqual([1, 2, 3]);
  await commit(["delete", "Position", 2n]);
  expect(one.take()).toMatchObject([{ [id]: { "2": null, "4": { x: 4 } } }]);
  await commit(["update", "Position", 4n, { x: 90 }]);
  expect(one.take()).toMatchObject([{ [id]: { "4": null, "5": { x: 5 } } }]);
});

test("a row that enters a full window pushes the last one out", async () => {
  const { commit, viewer } = openWorld();
  for (let x = 1; x <= 4; x++) await commit(["insert", "Position", BigInt(x), at(BigInt(x), x)]);
  const one = viewer({ caller: 1n });
  const id = one.range("Position", "x", 0, 100, { limit: 3 });
  await commit(["insert", "Position", 9n, at(9n, 1.5)]);
  expect(one.take()).toMatchObject([{ [id]: { "3": null, "9": { x: 1.5 } } }]);
});

test("a row that moves within its window is told once, as a change", async () => {
  const { commit, viewer } = openWorld();
  for (let x = 1; x <= 4; x++) await commit(["insert", "Position", BigInt(x), at(BigInt(x), x)]);
  const one = viewer({ caller: 1n });
  const id = one.range("Position", "x", 0, 100, { limit: 3 });
  await commit(["update", "Position", 1n, { x: 2.5 }]);
  expect(one.take()).toMatchObject([{ [id]: { "1": { x: 2.5 } } }]);
});

test("a descending window holds the largest rows, and of equal ones those with the largest ids", async () => {
  const { commit, viewer } = openWorld();
  for (let id = 1n; id <= 5n; id++) await commit(["insert", "Position", id, at(id, id > 3n ? 7 : 1)]);
  const one = viewer({ caller: 1n });
  const id = one.range("Position", "x", 0, 100, { limit: 3, desc: true });
  expect(id).toBe("Position.x[0:100:-1][:3]");
  expect(one.ids(id)).toEqual([3, 4, 5]);
  await commit(["update", "Position", 1n, { x: 8 }]);
  expect(one.take()).toMatchObject([{ [id]: { "1": { x: 8 }, "3": null } }]);
});

test("a window asks the store again only when its spare rows are used up, once for all subscribers", async () => {
  const { store, commit, viewer } = openWorld();
  for (let x = 1; x <= 60; x++) await commit(["insert", "Position", BigInt(x), at(BigInt(x), x)]);
  const viewers = [1n, 2n, 3n].map((caller) => viewer({ caller }));
  const ids = viewers.map((one) => one.range("Position", "x", 0, 100, { limit: 10 }));
  expect(store.reads).toBe(1);
  for (let x = 1n; x <= 8n; x++) await commit(["delete", "Position", x]);
  expect(store.reads).toBe(1);
  for (let x = 9n; x <= 40n; x++) await commit(["delete", "Position", x]);
  expect(store.reads).toBeLessThan(6);
  for (const [number, one] of viewers.entries()) {
    expect(one.ids(ids[number] as string)).toEqual([41, 42, 43, 44, 45, 46, 47, 48, 49, 50]);
  }
});

test("a window that overflows with inserts keeps the right rows when they go again", async () => {
  const { commit, viewer } = openWorld();
  const one = viewer({ caller: 1n });
  const id = one.range("Position", "x", 0, 1000, { limit: 3 });
  for (let x = 60; x >= 1; x--) await commit(["insert", "Position", BigInt(x), at(BigInt(x), x)]);
  expect(one.ids(id)).toEqual([1, 2, 3]);
  for (let x = 1; x <= 50; x++) await commit(["delete", "Position", BigInt(x)]);
  expect(one.ids(id)).toEqual([51, 52, 53]);
});

test("without force, a range that matches nothing is not subscribed", async () => {
  const { live, viewer } = openWorld();
  const one = viewer({ caller: 1n });
  const request = { kind: "range", table: "Position", index: "x", left: 0, right: 1, limit: 10, desc: false } as const;
  expect(await one.subscribe({ ...request, force: false })).toEqual({ status: "empty", kind: "range", position: 0 });
  expect(live.subscriptions).toBe(0);
  expect(live.queries).toBe(0);
  expect(await one.subscribe({ ...request, force: true })).toMatchObject({ status: "subscribed", rows: [] });
});

test("a limit of 0 is a subscription that never has a row", async () => {
  const { commit, viewer } = openWorld();
  const one = viewer({ caller: 1n });
  const id = one.range("Position", "x", 0, 10, { limit: 0 });
  await commit(["insert", "Position", 1n, at(1n, 1)]);
  expect(one.ids(id)).toEqual([]);
});

test("a negative limit is the largest that is allowed, and so is one beyond it", async () => {
  const { commit, viewer, live } = openWorld({ maxLimit: 2 });
  for (let x = 1; x <= 4; x++) await commit(["insert", "Position", BigInt(x), at(BigInt(x), x)]);
  const one = viewer({ caller: 1n });
  expect(one.ids(one.range("Position", "x", 0, 10, { limit: -1 }))).toEqual([1, 2]);
  expect(one.ids(one.range("Position", "x", 0, 10, { limit: 50 }))).toEqual([1, 2]);
  expect(live.queries).toBe(1);
});
