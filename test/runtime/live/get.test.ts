import { expect, test } from "vitest";
import { openWorld } from "./live-world.js";

test("a get is answered with the row, under the id of that row, and follows it wherever its key goes", async () => {
  const { commit, viewer } = openWorld();
  await commit(["insert", "Account", 5n, { number: 7 }]);
  const one = viewer();
  const result = await one.subscribe({ kind: "get", table: "Account", index: "number", value: 7 });
  expect(result).toMatchObject({ status: "subscribed", kind: "get", subscription: "Account.id[5:None:1][:1]" });
  expect(one.row("Account.id[5:None:1][:1]", 5n)).toEqual({ id: 5, number: 7, balance: 0 });

  await commit(["update", "Account", 5n, { number: 8 }]);
  expect(one.take()).toMatchObject([{ "Account.id[5:None:1][:1]": { "5": { number: 8 } } }]);
  await commit(["insert", "Account", 6n, { number: 7 }]);
  expect(one.take()).toEqual([]);
  await commit(["delete", "Account", 5n]);
  expect(one.take()).toEqual([{ "Account.id[5:None:1][:1]": { "5": null } }]);
});

test("a get that finds nothing subscribes nothing", async () => {
  const { live, commit, viewer } = openWorld();
  const one = viewer();
  expect(await one.subscribe({ kind: "get", table: "Account", index: "number", value: 7 })).toEqual({
    status: "empty",
    kind: "get",
    position: 0,
  });
  await commit(["insert", "Account", 1n, { number: 7 }]);
  expect(live.subscriptions).toBe(0);
  expect(one.updates).toEqual([]);
});

test("a get takes values with a mark and by id, by text and by all columns of a composite index", async () => {
  const { commit, viewer } = openWorld();
  await commit(["insert", "Inventory", 3n, { owner: 1n, item: 4 }]);
  await commit(["insert", "Thing", 4n, { owner: 1n, name: "(a" }]);
  const one = viewer({ caller: 1n });
  expect(one.get("Inventory", "id", 3)).toBe("Inventory.id[3:None:1][:1]");
  expect(one.get("Inventory", "owner,item", [1, 4])).toBe("Inventory.id[3:None:1][:1]");
  expect(one.get("Inventory", "owner", "[1")).toBe("Inventory.id[3:None:1][:1]");
  expect(one.get("Thing", "name", "[(a")).toBe("Thing.id[4:None:1][:1]");
  expect(await one.subscribe({ kind: "get", table: "Inventory", index: "owner", value: "(1" })).toMatchObject({
    status: "empty",
  });
});

test("a get by an index that is not unique is bound to the first row that the caller may see", async () => {
  const { commit, viewer } = openWorld();
  await commit(
    ["insert", "Notice", 1n, { guild: 5n, text: "a" }],
    ["insert", "Notice", 2n, { guild: 6n, text: "b" }],
    ["insert", "Notice", 3n, { guild: 6n, text: "c" }],
  );
  expect(viewer({ caller: 1n, session: { guild: 6n } }).get("Notice", "guild", 6)).toBe("Notice.id[2:None:1][:1]");
});

test("a get and the range over id that means the same are one subscription", async () => {
  const { live, commit, viewer } = openWorld();
  await commit(["insert", "Account", 5n, { number: 7 }]);
  const one = viewer();
  const id = one.get("Account", "number", 7);
  expect(one.range("Account", "id", 5, null, { limit: 1 })).toBe(id);
  expect(live.subscriptions).toBe(1);
  await commit(["update", "Account", 5n, { balance: 2n }]);
  expect(one.updates).toHaveLength(1);
});

test("a get of a row that the caller may not see is answered as if it did not exist", async () => {
  const { commit, viewer } = openWorld();
  await commit(["insert", "Inventory", 1n, { owner: 1n, item: 1 }]);
  const result = await viewer({ caller: 2n }).subscribe({ kind: "get", table: "Inventory", index: "id", value: 1 });
  expect(result).toMatchObject({ status: "empty", kind: "get" });
});

test("a get without a value is refused, not answered with any row", async () => {
  const { commit, viewer } = openWorld();
  await commit(["insert", "Account", 1n, { number: 7 }]);
  const result = await viewer().subscribe({ kind: "get", table: "Account", index: "number", value: null });
  expect(result).toMatchObject({
    status: "refused",
    kind: "get",
    reason: expect.stringContaining("no value") as string,
  });
});
