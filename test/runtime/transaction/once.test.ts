import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { singleStore } from "../../../runtime/store/single-store.js";
import { ONCE_AHEAD_MS, ONCE_KEPT_MS, OnceLog } from "../../../runtime/transaction/once-log.js";
import type { Store } from "../../../runtime/store/contract.js";
import { NotEnough } from "../../fixtures/world/generated/server-ts/world/index.js";
import { onTopologies, TOPOLOGIES } from "../topologies.js";
import { rejection, result, somebody, World } from "./world.js";

const NOW = 1_790_000_000_000;

function onceId(at = NOW): Uint8Array {
  const id = randomBytes(24);
  id.writeBigUInt64BE(BigInt(at));
  return id;
}

/** A world in which `buy` counts how often it took effect. */
function shop(store: Store): World {
  return new World(
    store,
    {
      async buy(ctx, item, count) {
        const purse = await ctx.Inventory.upsert({ owner: ctx.caller ?? 0n, item });
        if (count > 100) ctx.reject(NotEnough, { need: 1n, have: 0n });
        purse.count += count;
        return { item, left: BigInt(purse.count), notes: [] };
      },
    },
    { now: () => NOW },
  );
}

onTopologies(TOPOLOGIES, (stores) => {
  it("gives a repeated call the first result, and its effect once", async () => {
    const world = shop(await stores.open());
    const once = onceId();
    const first = await world.call("buy", [1, 5], { once });
    const second = await world.call("buy", [1, 5], { once });
    expect(result(first)).toMatchObject({ left: 6 });
    expect(second).toMatchObject({ status: "ok", result: (first as { result: Uint8Array }).result });
    expect(result(await world.call("buy", [1, 5], { once: onceId() }))).toMatchObject({ left: 11 });
  });

  it("takes effect once when the same call arrives many times at the same moment", async () => {
    const world = shop(await stores.open());
    const once = onceId();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => world.call("buy", [1, 5], { once })));
    for (const outcome of outcomes) expect(result(outcome)).toMatchObject({ left: 6 });
  });

  it("remembers across a restart", async () => {
    const store = await stores.open();
    const once = onceId();
    await shop(store).call("buy", [1, 5], { once });
    expect(result(await shop(await stores.reopen(store)).call("buy", [1, 5], { once }))).toMatchObject({ left: 6 });
  });

  it("refuses the id with other arguments", async () => {
    const world = shop(await stores.open());
    const once = onceId();
    await world.call("buy", [1, 5], { once });
    expect(rejection(await world.call("buy", [1, 6], { once }))).toMatchObject(["ONCE_MISMATCH", {}]);
  });

  it("keeps callers apart", async () => {
    const world = shop(await stores.open());
    const once = onceId();
    await world.call("buy", [1, 5], { once });
    const other = await world.call("buy", [1, 5], { once, principal: somebody({ caller: 6n }) });
    expect(result(other)).toMatchObject({ left: 6 });
    const counts = await world.transact(async (ctx) => (await ctx.Inventory.range("owner")).map(({ count }) => count));
    expect(counts).toEqual([6, 6]);
  });

  it("refuses ids that are too old or from the future", async () => {
    const world = shop(await stores.open());
    const call = (at: number): Promise<unknown> => world.call("buy", [1, 5], { once: onceId(at) }).then(rejection);
    expect(await call(NOW - ONCE_KEPT_MS - 1)).toEqual(["ONCE_EXPIRED", { reason: "the id is older than 7 days" }]);
    expect(await call(NOW + ONCE_AHEAD_MS + 1000)).toMatchObject([
      "ONCE_EXPIRED",
      { reason: "the id is 61 s ahead of the server's clock" },
    ]);
    expect((await world.call("buy", [1, 5], { once: onceId(NOW - ONCE_KEPT_MS) })).status).toBe("ok");
    expect((await world.call("buy", [1, 5], { once: onceId(NOW + ONCE_AHEAD_MS) })).status).toBe("ok");
  });

  it("runs a rejected call again, because it had no effect", async () => {
    const world = shop(await stores.open());
    const once = onceId();
    expect(rejection(await world.call("buy", [1, 101], { once }))).toMatchObject(["NotEnough", {}]);
    expect(rejection(await world.call("buy", [1, 101], { once }))).toMatchObject(["NotEnough", {}]);
  });

  it("is only for systems with @once, with ids of the right length", async () => {
    const world = shop(await stores.open());
    expect(rejection(await world.call("move_to", [1, 2], { once: onceId() }))).toEqual([
      "BAD_ARGUMENTS",
      { reason: "move_to is not @once" },
    ]);
    expect(rejection(await world.call("buy", [1, 5], { once: new Uint8Array(5) }))).toMatchObject([
      "BAD_ARGUMENTS",
      {},
    ]);
    expect((await world.call("buy", [1, 5])).status).toBe("ok");
  });

  it("deletes results that are older than they may be asked for, some at a time", async () => {
    const store = await stores.open();
    for (let i = 0; i < 300; i++) {
      const at = NOW - (i < 290 ? 1000 : 0);
      await shop(store).call("buy", [i, 5], { once: onceId(at) });
    }
    const log = new OnceLog(singleStore(store));
    const later = NOW + ONCE_KEPT_MS;
    expect(await log.clean(store, later)).toBe(256);
    expect(await log.clean(store, later)).toBe(34);
    expect(await log.clean(store, later)).toBe(0);
  });

  it("takes effect once when the same call arrives at several processes at the same moment", async () => {
    const store = await stores.open();
    const other = (await stores.beside(store)) ?? store;
    const worlds = [shop(store), shop(other)];
    const once = onceId();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, i) => (worlds[i % 2] as World).call("buy", [1, 5], { once })),
    );
    for (const outcome of outcomes) expect(result(outcome)).toMatchObject({ left: 6 });
  });

  it("takes effect once for one start of the instance, whichever processes run it", async () => {
    const store = await stores.open();
    const other = (await stores.beside(store)) ?? store;
    let runs = 0n;
    const counting = (on: Store): World =>
      new World(on, { started: async (ctx) => void (await ctx.Online.insert({ owner: ++runs })) });
    const start = { internal: true, start: "first", principal: somebody({ connection: undefined }) } as const;
    const worlds = [counting(store), counting(other)];
    const outcomes = await Promise.all(worlds.map((world) => world.call("started", [], start)));
    for (const outcome of outcomes) expect(outcome.status).toBe("ok");
    const count = async (): Promise<number> =>
      (await shop(other).transact(async (ctx) => ctx.Online.range("id"))).length;
    expect(await count()).toBe(1);
    await worlds[0]?.call("started", [], { ...start, start: "second" });
    expect(await count()).toBe(2);
  });
});
