import { describe, expect, it } from "vitest";
import { everybody } from "../../../runtime/schema/recipient.js";
import { type Account, Shout } from "../../fixtures/world/generated/server-ts/world/index.js";
import { onEveryStore } from "./stores.js";
import { World } from "./world.js";

onEveryStore((stores) => {
  describe("rows", () => {
    it("gives one object for one row, however it was found", async () => {
      const world = new World(await stores.open());
      const { id } = await world.transact(async (ctx) => ctx.Position.insert({ owner: 1n, zone: 2, x: 3 }));
      await world.transact(async (ctx) => {
        const row = await ctx.Position.get({ id });
        expect(await ctx.Position.get({ owner: 1n })).toBe(row);
        expect((await ctx.Position.range("zone,x", [2]))[0]).toBe(row);
        expect(await ctx.Position.upsert({ owner: 1n }, { y: 9 })).toBe(row);
        expect(row?.y).toBe(9);
      });
    });

    it("refuses an upsert that leaves a column without a value, naming it", async () => {
      const world = new World(await stores.open());
      const outcome = await world.script(async (ctx) => ctx.Profile.upsert({ owner: 1n }));
      expect(outcome).toMatchObject({ status: "failed", error: { name: "SchemaValueError", path: "Profile.name" } });
      await world.transact(async (ctx) => {
        const row = await ctx.Profile.upsert({ owner: 1n });
        row.name = "Ann";
      });
      expect(await world.transact(async (ctx) => (await ctx.Profile.get({ owner: 1n }))?.name)).toBe("Ann");
    });

    it("shows a row that an upsert made in the indexes whose columns have values", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => {
        const row = await ctx.Inventory.upsert({ owner: 1n, item: 2 });
        expect(await ctx.Inventory.range("owner", 1n)).toEqual([row]);
        const unfinished = await ctx.Profile.upsert({ owner: 3n });
        expect(await ctx.Profile.get({ owner: 3n })).toBe(unfinished);
        unfinished.name = "x";
      });
    });

    it("throws RowNotFoundError for an update of nothing, and at a row object that was deleted", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => {
        await expect(ctx.Account.update({ number: 1 }, { balance: 1n })).rejects.toMatchObject({
          name: "RowNotFoundError",
          message: "Account has no row with number = 1",
        });
        const row = await ctx.Account.insert({ number: 1 });
        expect(await ctx.Account.delete(row)).toBe(true);
        expect(await ctx.Account.delete(row)).toBe(false);
        expect(() => (row.balance = 5n)).toThrow("Account has no row with id");
        await expect(ctx.Account.update(row, { balance: 1n })).rejects.toMatchObject({ name: "RowNotFoundError" });
      });
    });

    it("commits nothing for a row that was inserted and deleted", async () => {
      const store = await stores.open();
      const world = new World(store);
      const before = store.position;
      await world.transact(async (ctx) => {
        const row = await ctx.Account.insert({ number: 1 });
        await ctx.Account.delete({ id: row.id });
      });
      expect(store.position).toBe(before);
    });

    it("gives one row to operations that run at the same time", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => {
        const upsert = (number: number) => ctx.Account.upsert({ number });
        const [one, two, other] = await Promise.all([upsert(1), upsert(1), upsert(2)]);
        expect(two).toBe(one);
        expect(await Promise.all([ctx.Account.get({ id: one.id }), ctx.Account.get({ number: 2 })])).toEqual([
          one,
          other,
        ]);
      });
      expect(await world.transact(async (ctx) => (await ctx.Account.range("id")).length)).toBe(2);
    });

    it("can delete a row and give its unique key to another in one transaction", async () => {
      const world = new World(await stores.open());
      const old = await world.transact(async (ctx) => ctx.Account.insert({ number: 1, balance: 5n }));
      await world.transact(async (ctx) => {
        await ctx.Account.delete({ number: 1 });
        await ctx.Account.insert({ number: 1, balance: 6n });
      });
      const [now] = await world.transact(async (ctx) => ctx.Account.range("id"));
      expect(now?.balance).toBe(6n);
      expect(now?.id).not.toBe(old.id);
    });

    it("lets two rows trade their unique keys", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => {
        await ctx.Account.insert({ number: 1, balance: 10n });
        await ctx.Account.insert({ number: 2, balance: 20n });
      });
      await world.transact(async (ctx) => {
        const [one, two] = (await ctx.Account.range("number")) as [Account, Account];
        [one.number, two.number] = [two.number, one.number];
      });
      expect(await world.transact(async (ctx) => (await ctx.Account.get({ number: 1 }))?.balance)).toBe(20n);
    });

    it("finds a row by the unique key that another one had, too, for a while", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => {
        const kept = await ctx.Position.insert({ owner: 1n });
        const other = await ctx.Position.insert({ owner: 2n });
        other.owner = 1n;
        await ctx.Position.range("owner");
        other.owner = 3n;
        expect(await ctx.Position.get({ owner: 1n })).toBe(kept);
        expect(await ctx.Position.get({ owner: 3n })).toBe(other);
        await expect(ctx.Position.insert({ owner: 1n })).rejects.toMatchObject({ name: "UniqueViolationError" });
      });
    });

    it("tells component, index and values of a unique violation", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => ctx.Inventory.insert({ owner: 1n, item: 2 }));
      const outcome = await world.script(async (ctx) => ctx.Inventory.insert({ owner: 1n, item: 2 }));
      expect(outcome).toMatchObject({
        status: "failed",
        error: { component: "Inventory", index: "owner,item", value: { owner: 1n, item: 2 } },
      });
    });

    it("keeps committed bytes from being changed through the array that user code still holds", async () => {
      const world = new World(await stores.open());
      const row = await world.transact(async (ctx) => ctx.Thing.insert({ owner: 1n, data: new Uint8Array([1, 2]) }));
      row.data[0] = 9;
      const again = await world.transact(async (ctx) => ctx.Thing.get({ owner: 1n }));
      expect([...(again?.data ?? [])]).toEqual([1, 2]);
    });

    it("refuses keys that name no unique index and indexes that do not exist, naming those that do", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => {
        await expect(ctx.Position.get({ zone: 1 } as never)).rejects.toThrow(/{ id } or { owner }/);
        await expect(ctx.Position.range("nothing" as never)).rejects.toThrow(/"id", "owner", "x", "zone,x"/);
      });
    });
  });

  describe("what is forgotten", () => {
    it("fails a call that did not wait for an operation that failed", async () => {
      const world = new World(await stores.open());
      const outcome = await world.script(async (ctx) => {
        await ctx.Account.insert({ number: 1 });
        void ctx.Account.update({ number: 7 }, { balance: 1n });
        await ctx.Account.get({ number: 2 });
      });
      expect(outcome).toMatchObject({
        status: "failed",
        error: { name: "UnawaitedOperationError", cause: { name: "RowNotFoundError" } },
      });
      expect(await world.transact(async (ctx) => ctx.Account.range("id"))).toEqual([]);
    });

    it("fails a call that did not wait for a system that it called", async () => {
      const world = new World(await stores.open(), {
        pay: () => new Promise<void>((resolve) => setImmediate(resolve)),
        buy(ctx, item) {
          void ctx.call.pay(1n);
          return { item, left: 0n, notes: [] };
        },
      });
      expect(await world.call("buy", [1, 1])).toMatchObject({
        status: "failed",
        error: { message: "buy returned while an operation was still running; put an await before it" },
      });
    });

    it("lets user code handle an operation that failed", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => {
        const handled = await ctx.Account.update({ number: 7 }, { balance: 1n }).catch(() => "handled");
        expect(handled).toBe("handled");
        await ctx.Account.insert({ number: 1 });
      });
    });

    it("refuses rows and stores after the end of their transaction", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => ctx.Account.insert({ number: 2 }));
      const leaked = await world.transact(async (ctx) => {
        const changed = await ctx.Account.insert({ number: 1 });
        const read = await ctx.Account.get({ number: 2 });
        return { ctx, changed, read };
      });
      expect(() => (leaked.changed.balance = 1n)).toThrow(expect.objectContaining({ code: "TRANSACTION_CLOSED" }));
      expect(() => ((leaked.read as Account).balance = 1n)).toThrow(
        expect.objectContaining({ code: "TRANSACTION_CLOSED" }),
      );
      await expect(leaked.ctx.Account.get({ number: 1 })).rejects.toMatchObject({ code: "TRANSACTION_CLOSED" });
      expect(() => leaked.ctx.send(everybody, Shout, { from: 1n, text: "" })).toThrow(
        expect.objectContaining({ code: "TRANSACTION_CLOSED" }),
      );
    });

    it("refuses a component that the system does not use", async () => {
      const world = new World(await stores.open(), {
        moveTo: async (ctx) =>
          void (await (ctx as unknown as { Account: { range(index: string): unknown } }).Account.range("id")),
      });
      expect(await world.call("move_to", [1, 2])).toMatchObject({
        status: "failed",
        error: { message: "move_to does not use Account: add it to the uses of the system" },
      });
    });
  });
});
