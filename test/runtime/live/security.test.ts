import { expect, test } from "vitest";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { openWorld } from "./live-world.js";
import { MemoryStore } from "./memory-store.js";

test("a row that becomes visible arrives like an insert, one that ceases to be like a delete", async () => {
  const { commit, viewer } = openWorld();
  await commit(["insert", "Notice", 1n, { guild: 5n, text: "a" }], ["insert", "Notice", 2n, { guild: 6n, text: "b" }]);
  const one = viewer({ caller: 1n, session: { guild: 5n } });
  const id = one.range("Notice", "guild", 0, 100);
  expect(one.ids(id)).toEqual([1]);
  await commit(["update", "Notice", 2n, { guild: 5n }], ["update", "Notice", 1n, { guild: 6n }]);
  expect(one.take()).toMatchObject([{ [id]: { "2": { text: "b" }, "1": null } }]);
});

test("a row that the viewer never saw is never mentioned", async () => {
  const { commit, viewer } = openWorld();
  const one = viewer({ caller: 1n });
  one.range("Inventory", "owner", -1000, 1000);
  await commit(["insert", "Inventory", 1n, { owner: 2n, item: 1 }]);
  await commit(["update", "Inventory", 1n, { count: 2 }]);
  await commit(["delete", "Inventory", 1n]);
  expect(one.updates).toEqual([]);
});

test("the limit of a window counts the rows that the viewer may see", async () => {
  const { commit, viewer } = openWorld();
  for (let id = 1n; id <= 12n; id++) await commit(["insert", "Inventory", id, { owner: id % 4n, item: Number(id) }]);
  const one = viewer({ caller: 1n });
  const id = one.range("Inventory", "id", 0, 100, { limit: 2 });
  expect(one.ids(id)).toEqual([1, 5]);
  await commit(["delete", "Inventory", 1n]);
  expect(one.ids(id)).toEqual([5, 9]);
});

test("without a value that a rule asks for nothing is visible, and with it the rows appear before reevaluate returns", async () => {
  const { live, commit, viewer } = openWorld();
  await commit(["insert", "Notice", 1n, { guild: 5n, text: "a" }]);
  const one = viewer({ caller: 1n });
  const id = one.range("Notice", "guild", 0, 100);
  expect(one.ids(id)).toEqual([]);
  expect(live.queries).toBe(0);
  one.session = { guild: 5n };
  expect(live.reevaluate(one)).toBeUndefined();
  expect(one.take()).toMatchObject([{ [id]: { "1": { text: "a" } } }]);
  one.session = { guild: 6n };
  void live.reevaluate(one);
  expect(one.take()).toEqual([{ [id]: { "1": null } }]);
  one.session = {};
  void live.reevaluate(one);
  expect(one.take()).toEqual([]);
});

test("reevaluate tells the exact difference: rows of both views are not told again", async () => {
  const { live, commit, viewer } = openWorld();
  await commit(
    ["insert", "Inventory", 1n, { owner: 1n, item: 1 }],
    ["insert", "Inventory", 2n, { owner: 2n, item: 1 }],
  );
  const one = viewer({ caller: 1n });
  const id = one.range("Inventory", "id", 0, 100);
  one.caller = 2n;
  void live.reevaluate(one);
  expect(one.take()).toMatchObject([{ [id]: { "1": null, "2": { owner: 2n } } }]);
  one.admin = true;
  void live.reevaluate(one);
  expect(one.row(id, 2n)).toMatchObject({ source: "" });
  expect(one.ids(id)).toEqual([1, 2]);
  one.updates = [];
  void live.reevaluate(one);
  expect(one.updates).toEqual([]);
});

test("a viewer that may no longer read loses all rows, and gets them back when it may again", async () => {
  const { live, commit, viewer } = openWorld();
  await commit(["insert", "Position", 1n, { owner: 1n }]);
  const one = viewer({ caller: 1n });
  const id = one.range("Position", "x", 0, 100);
  one.caller = undefined;
  void live.reevaluate(one);
  expect(one.take()).toEqual([{ [id]: { "1": null } }]);
  await commit(["update", "Position", 1n, { x: 5 }]);
  expect(one.updates).toEqual([]);
  one.caller = 1n;
  void live.reevaluate(one);
  expect(one.take()).toMatchObject([{ [id]: { "1": { x: 5 } } }]);
});

test("a get disappears with the right to see its row and comes back with it", async () => {
  const { live, commit, viewer } = openWorld();
  await commit(["insert", "Notice", 1n, { guild: 5n, text: "a" }]);
  const one = viewer({ caller: 1n, session: { guild: 5n } });
  const id = one.get("Notice", "id", 1);
  one.session = {};
  void live.reevaluate(one);
  expect(one.take()).toEqual([{ [id]: { "1": null } }]);
  one.session = { guild: 5n };
  void live.reevaluate(one);
  expect(one.ids(id)).toEqual([1]);
});

test("who may not read a component is answered as if nothing matched, also with force", async () => {
  const { live, commit, viewer } = openWorld();
  await commit(["insert", "Journal", 1n, { key: 1 }], ["insert", "Position", 1n, { owner: 1n }]);
  const request = { kind: "range", left: 0, right: 9, limit: 10, desc: false, force: true } as const;
  const user = viewer({ caller: 1n });
  expect(await user.subscribe({ ...request, table: "Journal", index: "key" })).toMatchObject({ status: "empty" });
  expect(await viewer().subscribe({ ...request, table: "Position", index: "x" })).toMatchObject({ status: "empty" });
  expect(await viewer().subscribe({ kind: "get", table: "Position", index: "owner", value: 1 })).toMatchObject({
    status: "empty",
  });
  expect(live.subscriptions).toBe(0);
  const admin = viewer({ admin: true });
  expect(admin.ids(admin.range("Journal", "key", 0, 9))).toEqual([1]);
});

test("only admins get admin columns, and a change of nothing else is told to them alone", async () => {
  const { commit, viewer } = openWorld();
  await commit(["insert", "Inventory", 1n, { owner: 1n, item: 1, source: "shop" }]);
  const owner = viewer({ caller: 1n });
  const admin = viewer({ caller: 2n, admin: true });
  const id = owner.range("Inventory", "owner", 1, null);
  admin.range("Inventory", "owner", 1, null);
  expect(owner.row(id, 1n)).toEqual({ id: 1, owner: 1, item: 1, count: 1 });
  expect(admin.row(id, 1n)).toEqual({ id: 1, owner: 1, item: 1, count: 1, source: "shop" });
  await commit(["update", "Inventory", 1n, { source: "gift" }]);
  expect(owner.updates).toEqual([]);
  expect(admin.row(id, 1n)).toMatchObject({ source: "gift" });
});

test("owners get the hidden columns of their own rows only, in answers and in updates", async () => {
  const { commit, viewer } = openWorld();
  await commit(
    ["insert", "Profile", 1n, { owner: 1n, name: "a", secret: "s1" }],
    ["insert", "Profile", 2n, { owner: 2n, name: "b", secret: "s2" }],
  );
  const stranger = viewer();
  const one = viewer({ caller: 1n });
  const three = viewer({ caller: 3n });
  const id = one.range("Profile", "id", 0, 100);
  stranger.range("Profile", "id", 0, 100);
  three.range("Profile", "id", 0, 100);
  const four = viewer({ caller: 4n });
  four.range("Profile", "id", 0, 100);
  expect(one.row(id, 1n)).toEqual({ id: 1, owner: 1, name: "a", secret: "s1" });
  expect(one.row(id, 2n)).toEqual({ id: 2, owner: 2, name: "b" });
  expect(stranger.row(id, 1n)).toEqual({ id: 1, owner: 1, name: "a" });

  await commit(["update", "Profile", 1n, { secret: "new" }]);
  expect([one.updates.length, stranger.updates.length, three.updates.length]).toEqual([1, 0, 0]);
  expect(one.row(id, 1n)).toMatchObject({ secret: "new" });

  await commit(["update", "Profile", 1n, { owner: 3n }]);
  expect(one.row(id, 1n)).toEqual({ id: 1, owner: 3, name: "a" });
  expect(three.row(id, 1n)).toEqual({ id: 1, owner: 3, name: "a", secret: "new" });
  expect(four.row(id, 1n)).toEqual({ id: 1, owner: 3, name: "a" });
  expect(four.updates[0]).toBe(stranger.updates[0]);
});

test("a viewer that logs in gets the hidden columns of its rows at once", async () => {
  const { live, commit, viewer } = openWorld();
  await commit(["insert", "Profile", 1n, { owner: 1n, name: "a", secret: "s" }]);
  await commit(["insert", "Profile", 2n, { owner: 2n, name: "b", secret: "t" }]);
  const one = viewer();
  const id = one.range("Profile", "id", 0, 100);
  one.caller = 1n;
  void live.reevaluate(one);
  expect(one.take().map((update) => Object.keys(update[id] as object))).toEqual([["1"]]);
  expect(one.row(id, 1n)).toMatchObject({ secret: "s" });
});

test("a window that would look at more rows than it may is refused with a reason", async () => {
  const { live, commit, viewer } = openWorld({ maxScan: 20 });
  for (let id = 1n; id <= 40n; id++)
    await commit(["insert", "Inventory", id, { owner: id < 39n ? 2n : 1n, item: Number(id) }]);
  const one = viewer({ caller: 1n });
  const request = {
    kind: "range",
    table: "Inventory",
    left: 0,
    right: 100,
    limit: 10,
    desc: false,
    force: true,
  } as const;
  const refused = await one.subscribe({ ...request, index: "id" });
  expect(refused).toMatchObject({
    status: "refused",
    kind: "range",
    reason: expect.stringContaining("20 rows (maxScan)") as string,
  });
  expect(await one.subscribe({ kind: "get", table: "Inventory", index: "id", value: [] })).toMatchObject({
    status: "refused",
    kind: "get",
  });
  expect(live.queries).toBe(0);
  expect(one.ids(one.range("Inventory", "owner", 1, null))).toEqual([39, 40]);
  expect(viewer({ admin: true }).range("Inventory", "id", 0, 100)).toBe("Inventory.id[0:100:1][:10]");
});

test("a live window that comes to look at too many rows shows those it has found, and more when rows leave", async () => {
  const { store, commit, viewer } = openWorld({ maxScan: 20 });
  const insert = (id: bigint, owner: bigint) => commit(["insert", "Inventory", id, { owner, item: Number(id) }]);
  for (let id = 1n; id <= 18n; id++) await insert(id, 1n);
  for (let id = 19n; id <= 60n; id++) await insert(id, 2n);
  await insert(61n, 1n);
  const one = viewer({ caller: 1n });
  const id = one.range("Inventory", "id", 0, 100, { limit: 6 });
  for (let gone = 1n; gone <= 15n; gone++) await commit(["delete", "Inventory", gone]);
  expect(one.ids(id)).toEqual([16, 17, 18]);
  const reads = store.reads;
  for (let other = 19n; other <= 50n; other++) await commit(["delete", "Inventory", other]);
  expect(store.reads).toBe(reads);
  await commit(["delete", "Inventory", 16n]);
  await commit(["delete", "Inventory", 17n]);
  expect(one.ids(id)).toEqual([18, 61]);
});

test("an index over a column that the viewer does not get is none, for whatever question", async () => {
  const components = schema.components.map((codec) => ({
    ...codec,
    columns: codec.columns.map((column) => ({
      ...column,
      visibility: column.name === "x" ? ("admin" as const) : column.visibility,
    })),
  }));
  const { live, commit, viewer } = openWorld({}, new MemoryStore({ ...schema, components }));
  await commit(["insert", "Position", 1n, { owner: 1n, x: 7 }]);
  const one = viewer({ caller: 1n });
  const refused = { status: "refused", code: "UNKNOWN_INDEX" };
  const query = { table: "Position", index: "x", left: 7, right: 7, limit: 10, desc: false };
  expect(one.subscribe({ kind: "range", ...query, force: true })).toMatchObject(refused);
  expect(one.subscribe({ kind: "get", table: "Position", index: "x", value: 7 })).toMatchObject(refused);
  expect(live.read(one, { ...query, after: undefined, count: true })).toMatchObject(refused);
  const admin = viewer({ caller: 2n, admin: true });
  const id = admin.range("Position", "x", 7, 7);
  expect(admin.ids(id)).toEqual([1]);
  admin.admin = false;
  void live.reevaluate(admin);
  expect(admin.take()).toEqual([{ [id]: { "1": null } }]);
  await commit(["insert", "Position", 2n, { owner: 1n, x: 7 }]);
  expect(admin.updates).toEqual([]);
});
