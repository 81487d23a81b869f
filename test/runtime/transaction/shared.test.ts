import { expect, it } from "vitest";
import { everybody } from "../../../runtime/schema/recipient.js";
import type { Commit, CommitResult, ReadSet, RowChange } from "../../../runtime/store/contract.js";
import { singleStore } from "../../../runtime/store/single-store.js";
import { readCommitMessage } from "../../../runtime/transaction/commit-message.js";
import type { CallOutcome } from "../../../runtime/transaction/contract.js";
import { createRunner } from "../../../runtime/transaction/runner.js";
import { type AnyContext, Shout } from "../../fixtures/world/generated/server-ts/world/index.js";
import { worldSystems } from "../gate/world-server.js";
import { redisStores } from "./stores.js";
import { somebody, World } from "./world.js";

const stores = redisStores();

it("refuses ranges of more rows than the store validates, naming table, index, count and limit", async () => {
  const store = await stores.open();
  const world = new World(store);
  for (let page = 0; page < 6; page++) {
    await world.transact(async (ctx) => {
      for (let i = 0; i < 200; i++) await ctx.Position.insert({ owner: BigInt(page * 200 + i), zone: page });
    });
  }
  const all = await world.script(async (ctx) => ctx.Position.range("owner"));
  expect(all).toMatchObject({
    status: "failed",
    error: { name: "TransactionTooLargeError", table: "Position", index: "owner", count: 1001, limit: 1000 },
  });
  const together = await world.script(async (ctx) => {
    for (let zone = 0; zone < 6; zone++) await ctx.Position.range("zone,x", [zone]);
  });
  expect(together).toMatchObject({ status: "failed", error: { index: "zone,x", count: 1001 } });
  expect(together).toMatchObject({
    error: { message: expect.stringMatching(/^any: .* 1000 rows .* give it a limit/) as string },
  });
  const within = await world.script(async (ctx) => {
    for (let zone = 0; zone < 5; zone++) await ctx.Position.range("zone,x", [zone]);
    await ctx.Account.insert({ number: 1 });
  });
  expect(within.status).toBe("ok");
});

it("commits nothing after a range that was too large, even if the system goes on", async () => {
  const store = await stores.open();
  const world = new World(store);
  for (let page = 0; page < 6; page++) {
    await world.transact(async (ctx) => {
      for (let i = 0; i < 200; i++) await ctx.Position.insert({ owner: BigInt(page * 200 + i) });
    });
  }
  const outcome = await world.script(async (ctx) => {
    await ctx.Position.range("owner").catch(() => undefined);
    await ctx.Account.insert({ number: 1 });
  });
  expect(outcome).toMatchObject({ status: "failed", error: { code: "TRANSACTION_TOO_LARGE" } });
  expect(await world.transact(async (ctx) => ctx.Account.get({ number: 1 }))).toBeUndefined();
});

it("sends events with the commit, also without a row, and carries them out once viewers have been told", async () => {
  const store = await stores.open();
  const commits: Commit[] = [];
  store.onCommit((commit) => void commits.push(commit));
  const reached: number[] = [];
  const applied: number[] = [];
  const world = new World(
    store,
    { shout: (ctx, text) => ctx.send(everybody, Shout, { from: 1n, text }) },
    {
      live: { reached: async (_store, position) => void reached.push(position) },
      sink: { apply: (_connection, _effects, position) => void applied.push(position) },
    },
  );
  const outcome = await world.call("shout", ["hi"]);
  expect(outcome).toMatchObject({ status: "ok", position: 0 });
  const [commit] = commits;
  expect(commit).toMatchObject({ changes: [], own: true, position: 1 });
  const { events, kick } = readCommitMessage(commit?.message ?? new Uint8Array(0));
  expect([events[0]?.event, events[0]?.to.kind, kick]).toEqual(["Shout", "everybody", undefined]);
  expect([applied, new Set(reached)]).toEqual([[1], new Set([1])]);
});

it("does not run again what may have committed", async () => {
  const inner = await stores.open();
  let runs = 0;
  // What a lost link does: the commit happens, and nobody is told.
  const store = new Proxy(inner, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (property === "commit") {
        return async (reads: ReadSet, changes: readonly RowChange[], message?: Uint8Array): Promise<CommitResult> => {
          const result = await target.commit(reads, changes, message);
          if (changes.length > 0) throw new Error("nobody knows");
          return result;
        };
      }
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  const world = new World(store);
  const outcome = await world.script(async (ctx) => {
    runs++;
    const account = await ctx.Account.upsert({ number: 1 });
    account.balance += 1n;
  });
  expect(outcome).toMatchObject({ status: "failed", error: { message: "nobody knows" }, attempts: 1 });
  expect(runs).toBe(1);
  expect(await new World(inner).transact(async (ctx) => (await ctx.Account.get({ number: 1 }))?.balance)).toBe(1n);
});

it("refuses a @stale system that writes, sends or logs in, and lets it read", async () => {
  const store = await stores.open();
  let body: (ctx: AnyContext) => unknown = () => undefined;
  const { schema, systems } = worldSystems({ any: async (ctx) => void (await body(ctx)) });
  const stale = schema.systems.map((spec) => (spec.name === "any" ? { ...spec, staleMs: 1000 } : spec));
  const runner = createRunner({
    implementation: { schema: { ...schema, systems: stale }, systems },
    stores: singleStore(store),
    sink: { apply: () => undefined },
  });
  const run = (script: (ctx: AnyContext) => unknown): Promise<CallOutcome> => {
    body = script;
    return runner.call({ name: "any", args: [], principal: somebody() });
  };
  expect((await run(async (ctx) => ctx.Account.get({ number: 1 }))).status).toBe("ok");
  expect(await run(async (ctx) => ctx.Account.insert({ number: 1 }))).toMatchObject({
    status: "failed",
    error: { name: "SystemUsageError", message: expect.stringContaining("has changed rows of Account") as string },
  });
  expect(await run((ctx) => ctx.send(everybody, Shout, { from: 1n, text: "" }))).toMatchObject({
    status: "failed",
    error: { message: expect.stringContaining("any is @stale") as string },
  });
});

it("refuses a schema whose transactions would leave their store", async () => {
  const store = await stores.open();
  const other = await stores.open();
  const make = () =>
    createRunner({
      implementation: worldSystems(),
      stores: { all: [store, other], of: (table) => (table === "Account" ? other : store) },
      sink: { apply: () => undefined },
    });
  expect(make).toThrow(/any has tables in more than one store.*hetuc build/);
});
