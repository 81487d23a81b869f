import { describe, expect, it } from "vitest";
import { NotEnough } from "../../fixtures/world/generated/server-ts/world/index.js";
import { onEveryStore } from "./stores.js";
import { rejection, result, somebody, World } from "./world.js";

onEveryStore((stores) => {
  describe("calls from outside", () => {
    it("answers what the system returns", async () => {
      const world = new World(await stores.open());
      expect(result(await world.call("echo", ["hello"]))).toBe("hello");
      expect(result(await world.call("move_to", [1, 2]))).toBe("ok");
    });

    it("rejects names and arguments that the schema does not have, with a reason", async () => {
      const world = new World(await stores.open());
      expect(rejection(await world.call("nonsense"))).toEqual([
        "UNKNOWN_SYSTEM",
        { reason: "there is no system nonsense" },
      ]);
      expect(rejection(await world.call("echo", [5]))).toMatchObject(["BAD_ARGUMENTS", {}]);
      expect(rejection(await world.call("echo", []))).toMatchObject(["BAD_ARGUMENTS", {}]);
    });

    it("lets nobody call what their permission does not cover", async () => {
      const world = new World(await stores.open());
      const stranger = somebody({ caller: undefined });
      const admin = somebody({ group: "admin" });
      expect(rejection(await world.call("move_to", [1, 2], { principal: stranger }))).toEqual([
        "FORBIDDEN",
        { reason: "move_to is for users who have logged in" },
      ]);
      expect(rejection(await world.call("wipe"))).toEqual(["FORBIDDEN", { reason: "wipe is for admins" }]);
      expect(rejection(await world.call("pay", [1n]))).toMatchObject(["FORBIDDEN", {}]);
      expect((await world.call("wipe", [], { principal: admin })).status).toBe("ok");
      expect((await world.call("pay", [1n], { internal: true })).status).toBe("ok");
      expect(world.runner.permits("wipe", admin)).toBe(true);
      expect(world.runner.permits("wipe", somebody())).toBe(false);
      expect(world.runner.permits("nonsense", admin)).toBe(false);
    });

    it("names the systems that an event triggers", async () => {
      const world = new World(await stores.open());
      expect(world.runner.triggered("start")).toEqual(["started"]);
      expect(world.runner.triggered("disconnect")).toEqual(["left"]);
    });

    it("fails a call whose code throws or returns something else than declared, and writes nothing", async () => {
      const mistakes: { [name: string]: unknown }[] = [];
      const world = new World(await stores.open(), {
        async transfer(ctx) {
          await ctx.Account.insert({ number: 1 });
          return 5 as unknown as bigint;
        },
        async neverRetried(ctx) {
          await ctx.Account.insert({ number: 2 });
          throw new RangeError("a mistake");
        },
      });
      expect(await world.call("transfer", [1, 2, 3n])).toMatchObject({
        status: "failed",
        error: { name: "SchemaValueError" },
      });
      expect(await world.call("never_retried")).toMatchObject({ status: "failed", error: { message: "a mistake" } });
      expect(await world.transact(async (ctx) => ctx.Account.range("id"))).toEqual(mistakes);
    });

    it("refuses to start without code for every system", async () => {
      const store = await stores.open();
      expect(() => new World(store, { echo: undefined as never })).toThrow(/echo has no code/);
    });
  });

  describe("rejecting and aborting", () => {
    it("rolls back and tells the caller the typed error", async () => {
      const world = new World(await stores.open(), {
        async transfer(ctx) {
          await ctx.Account.insert({ number: 1 });
          return ctx.reject(NotEnough, { need: 5n, have: 1n });
        },
      });
      expect(rejection(await world.call("transfer", [1, 2, 3n]))).toEqual(["NotEnough", { need: 5, have: 1 }]);
      expect(await world.transact(async (ctx) => ctx.Account.range("id"))).toEqual([]);
    });

    it("throws user code an error with a message, and without the cost of a stack trace", async () => {
      let caught: unknown;
      const world = new World(await stores.open(), {
        transfer(ctx) {
          try {
            return ctx.reject(NotEnough, { need: 5n, have: 1n });
          } catch (error) {
            caught = error;
            throw error;
          }
        },
      });
      await world.call("transfer", [1, 2, 3n]);
      expect(caught).toBeInstanceOf(Error);
      expect(caught).toMatchObject({ name: "CallRejection", code: "NotEnough", message: "rejected with NotEnough" });
      expect((caught as Error).stack?.split("\n")).toHaveLength(1);
      expect(new Error("another").stack?.split("\n").length).toBeGreaterThan(1);
    });

    it("stands by a reject that user code caught", async () => {
      const world = new World(await stores.open(), {
        async transfer(ctx) {
          try {
            ctx.reject(NotEnough, { need: 5n, have: 1n });
          } catch {
            await ctx.Account.insert({ number: 1 });
          }
          return 0n;
        },
      });
      expect(rejection(await world.call("transfer", [1, 2, 3n]))).toMatchObject(["NotEnough", {}]);
      expect(await world.transact(async (ctx) => ctx.Account.range("id"))).toEqual([]);
    });

    it("answers ABORTED to an abort", async () => {
      const world = new World(await stores.open());
      const outcome = await world.script(async (ctx) => {
        await ctx.Account.insert({ number: 1 });
        ctx.abort();
      });
      expect(rejection(outcome)).toEqual(["ABORTED", undefined]);
      expect(await world.transact(async (ctx) => ctx.Account.range("id"))).toEqual([]);
    });

    it("refuses an error that the system does not declare", async () => {
      const world = new World(await stores.open());
      const outcome = await world.script(async (ctx) => {
        await Promise.resolve();
        (ctx as unknown as { reject(error: unknown, fields: unknown): never }).reject(NotEnough, {
          need: 1n,
          have: 0n,
        });
      });
      expect(outcome).toMatchObject({ status: "failed", error: { name: "SystemUsageError" } });
    });
  });

  describe("time", () => {
    it("ends a call that runs longer than its @timeout, and rolls it back", async () => {
      let late: Promise<unknown> | undefined;
      const world = new World(await stores.open(), {
        async slow(ctx) {
          await ctx.Account.insert({ number: 1 });
          await new Promise((resolve) => setTimeout(resolve, 80));
          late = ctx.Account.get({ number: 1 });
          await late;
        },
      });
      expect(rejection(await world.call("slow", [1]))).toEqual(["TIMEOUT", { reason: "it has run longer than 50 ms" }]);
      expect(await world.transact(async (ctx) => ctx.Account.range("id"))).toEqual([]);
      while (late === undefined) await new Promise((resolve) => setImmediate(resolve));
      await expect(late).rejects.toMatchObject({ code: "TRANSACTION_CLOSED" });
    });

    it("does not commit what came back too late, even when it never gave others a turn", async () => {
      const world = new World(await stores.open(), {
        async slow(ctx) {
          await ctx.Account.insert({ number: 1 });
          for (const end = performance.now() + 60; performance.now() < end;);
        },
      });
      expect(rejection(await world.call("slow", [1]))).toMatchObject(["TIMEOUT", {}]);
      expect(await world.transact(async (ctx) => ctx.Account.range("id"))).toEqual([]);
    });
  });

  describe("called systems", () => {
    it("run in the same transaction, and their rejects pass through", async () => {
      const world = new World(await stores.open(), {
        async pay(ctx, amount) {
          const purse = await ctx.Account.upsert({ number: 1 });
          if (purse.balance < amount) ctx.reject(NotEnough, { need: amount, have: purse.balance });
          purse.balance -= amount;
        },
        async buy(ctx, item) {
          await ctx.Inventory.insert({ owner: ctx.caller ?? 0n, item });
          await ctx.call.pay(5n);
          return { item, left: 0n, notes: [] };
        },
      });
      expect(rejection(await world.call("buy", [1, 1]))).toEqual(["NotEnough", { need: 5, have: 0 }]);
      expect(await world.transact(async (ctx) => ctx.Inventory.range("id"))).toEqual([]);
      await world.transact(async (ctx) => ctx.Account.insert({ number: 1, balance: 7n }));
      expect((await world.call("buy", [1, 1])).status).toBe("ok");
      expect(await world.transact(async (ctx) => (await ctx.Account.get({ number: 1 }))?.balance)).toBe(2n);
    });

    it("use the tables of the suffix that they were called with", async () => {
      const store = await stores.open();
      const world = new World(store, {
        remember: async (ctx, key) => void (await ctx.Journal.insert({ key })),
        async buy(ctx, item) {
          await ctx.call["remember:Shop"](item);
          return { item, left: 0n, notes: [] };
        },
      });
      await world.call("buy", [4, 1]);
      const rows = async (name: string): Promise<number> => {
        const all = { index: 0, lower: new Uint8Array(0), upper: undefined, limit: 10, desc: false };
        return (await store.range({ table: store.table(name), ...all })).length;
      };
      expect([await rows("Journal"), await rows("Journal:Shop")]).toEqual([0, 1]);
    });

    it("check their arguments", async () => {
      const world = new World(await stores.open(), {
        async buy(ctx, item) {
          await ctx.call.pay("much" as unknown as bigint);
          return { item, left: 0n, notes: [] };
        },
      });
      expect(await world.call("buy", [1, 1])).toMatchObject({ status: "failed", error: { path: "pay.amount" } });
    });
  });

  describe("endpoints", () => {
    it("have no transaction: each system that they call commits by itself", async () => {
      const world = new World(await stores.open(), {
        async buy(ctx, item) {
          await ctx.Inventory.insert({ owner: ctx.caller ?? 0n, item });
          return { item, left: 0n, notes: [] };
        },
        async buyTwice(ctx, item) {
          await ctx.call.buy(item, 1);
          return ctx.call.buy(item, 1);
        },
      });
      expect(await world.call("buy_twice", [3])).toMatchObject({
        status: "failed",
        error: { name: "UniqueViolationError" },
      });
      expect(await world.transact(async (ctx) => ctx.Inventory.range("id"))).toHaveLength(1);
    });

    it("know who calls, and pass the rejects of their systems on", async () => {
      const world = new World(await stores.open(), {
        buy: (ctx) => ctx.reject(NotEnough, { need: 2n, have: 1n }),
      });
      expect(result(await world.call("whoami"))).toBe(5);
      expect(result(await world.call("whoami", [], { principal: somebody({ caller: undefined }) }))).toBeNull();
      expect(rejection(await world.call("buy_twice", [3]))).toEqual(["NotEnough", { need: 2, have: 1 }]);
    });
  });
});
