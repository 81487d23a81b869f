import { afterAll, expect, test } from "vitest";
import { connectionCodec } from "../../../runtime/core/connection.js";
import type { Store } from "../../../runtime/store/contract.js";
import { singleStore } from "../../../runtime/store/single-store.js";
import type { LeftConnection, SystemRunner } from "../../../runtime/transaction/contract.js";
import { createRunner } from "../../../runtime/transaction/runner.js";
import { implement, type Implementation } from "../../../runtime/schema/schema.js";
import { schema, type Systems } from "../../fixtures/world/generated/server-ts/world/index.js";
import { worldSystems } from "../gate/world-server.js";
import { cleanUp, openStore, somebody } from "./world.js";

afterAll(cleanUp);

const stranger = (connection: bigint) => somebody({ connection, caller: undefined });

/** The world with a second hook, which runs after `left`. */
function withTwoHooks(systems: Partial<Systems>, second: () => void): Implementation {
  const world = worldSystems(systems);
  const hook = schema.systems.find(({ name }) => name === "left");
  if (hook === undefined) throw new Error("the world has lost its hook");
  return {
    schema: { ...schema, systems: [...schema.systems, { ...hook, name: "left_too", implementation: "leftToo" }] },
    systems: { ...world.systems, leftToo: second },
  };
}

function withoutHooks(): Implementation {
  const systems = schema.systems.filter(({ name }) => name !== "left");
  return { ...worldSystems(), schema: { ...schema, systems } };
}

function runnerOn(store: Store, implementation: Implementation): SystemRunner {
  return createRunner({ implementation, stores: singleStore(store), sink: { apply: () => undefined } });
}

function recorded(store: Store): number {
  const table = store.table(connectionCodec.name);
  const scan = { table, index: 0, lower: new Uint8Array(0), upper: undefined, limit: 100, desc: false };
  return (store.range(scan) as unknown[]).length;
}

/** What the engine does for one of them. */
async function runHooks(runner: SystemRunner, { principal, hooks }: LeftConnection): Promise<void> {
  for (const name of hooks) await runner.call({ name, args: [], principal, internal: true });
}

test("a connection is left behind with the caller, group and session that its last committed call gave it", async () => {
  const store = openStore();
  const runner = runnerOn(store, worldSystems());
  for (const connection of [1n, 2n, 3n]) await runner.opened(stranger(connection));
  await runner.call({ name: "login", args: [5], principal: stranger(1n) });
  await runner.call({ name: "join_guild", args: [7], principal: somebody({ connection: 1n, caller: 5n }) });
  await runner.call({ name: "login", args: [99], principal: stranger(2n) });
  const left = await runnerOn(store, worldSystems()).leftBehind();
  expect(left).toEqual([
    {
      principal: { connection: 1n, caller: 5n, group: undefined, session: { guild: 7n } },
      hooks: ["left"],
    },
    { principal: { connection: 2n, caller: 99n, group: "admin", session: {} }, hooks: ["left"] },
    { principal: { connection: 3n, caller: undefined, group: undefined, session: {} }, hooks: ["left"] },
  ]);
});

test("what a call that failed or was rejected would have changed of its connection is not recorded", async () => {
  const store = openStore();
  const runner = runnerOn(
    store,
    worldSystems({
      login(ctx, id) {
        ctx.elevate(id);
        if (id === 1n) throw new Error("broken");
        return ctx.abort();
      },
    }),
  );
  await runner.opened(stranger(1n));
  await runner.call({ name: "login", args: [1], principal: stranger(1n) });
  await runner.call({ name: "login", args: [2], principal: stranger(1n) });
  const [left] = await runner.leftBehind();
  expect(left?.principal.caller).toBeUndefined();
});

test("a session value that was unset is not there any more", async () => {
  const store = openStore();
  const runner = runnerOn(
    store,
    worldSystems({ joinGuild: (ctx, guild) => void (ctx.session.guild = guild === 0n ? undefined : guild) }),
  );
  await runner.opened(stranger(1n));
  const principal = somebody({ connection: 1n });
  await runner.call({ name: "join_guild", args: [7], principal });
  await runner.call({ name: "join_guild", args: [0], principal });
  expect((await runner.leftBehind())[0]?.principal.session).toEqual({});
});

test("a connection is forgotten in the transaction of the last of its hooks, and none runs twice", async () => {
  const store = openStore();
  const ran: string[] = [];
  const implementation = withTwoHooks({ left: () => void ran.push("left") }, () => void ran.push("left_too"));
  const runner = runnerOn(store, implementation);
  await runner.opened(stranger(1n));
  await runner.call({ name: "left", args: [], principal: stranger(1n), internal: true });
  // Here the process dies.
  const next = runnerOn(store, implementation);
  const [left] = await next.leftBehind();
  expect(left?.hooks).toEqual(["left_too"]);
  await runHooks(next, left as LeftConnection);
  expect(ran).toEqual(["left", "left_too"]);
  expect(recorded(store)).toBe(0);
});

test("a hook that fails or rejects is not tried again", async () => {
  const store = openStore();
  let turn = 0;
  const runner = runnerOn(
    store,
    worldSystems({
      left(ctx) {
        turn++;
        if (turn === 1) throw new Error("broken");
        ctx.abort();
      },
    }),
  );
  for (const connection of [1n, 2n]) await runner.opened(stranger(connection));
  for (const left of await runner.leftBehind()) await runHooks(runner, left);
  expect(turn).toBe(2);
  expect(recorded(store)).toBe(0);
});

test("a hook that is called from an endpoint leaves the record of the open connection alone", async () => {
  const store = openStore();
  const endpoints = schema.endpoints.map((spec) =>
    spec.name === "whoami"
      ? { ...spec, calls: [{ key: "left", property: "left", system: "left", suffix: undefined }] }
      : spec,
  );
  const world = implement({ ...schema, endpoints }, worldSystems().systems as unknown as Systems);
  const whoami = async (ctx: { call: { left(): Promise<void> } }): Promise<undefined> => {
    await ctx.call.left();
    return undefined;
  };
  const runner = runnerOn(store, { ...world, systems: { ...world.systems, whoami } });
  await runner.opened(stranger(1n));
  expect((await runner.call({ name: "whoami", args: [], principal: stranger(1n) })).status).toBe("ok");
  expect(recorded(store)).toBe(1);
});

test("without a system @on(disconnect) nothing is written, and what was left is forgotten", async () => {
  const store = openStore();
  await runnerOn(store, worldSystems()).opened(stranger(1n));
  const runner = runnerOn(store, withoutHooks());
  expect(runner.recordsConnections).toBe(false);
  expect(await runner.leftBehind()).toEqual([]);
  expect(recorded(store)).toBe(0);
  const before = store.position;
  await runner.call({ name: "join_guild", args: [7], principal: somebody() });
  expect(store.position).toBe(before);
});

test("other code that goes on with the connections records those that are open, and only those", async () => {
  const store = openStore();
  const runner = runnerOn(store, worldSystems());
  await runner.opened(stranger(1n));
  await runner.opened(stranger(2n));
  await runner.adopt([stranger(2n), somebody({ connection: 3n, caller: 8n, session: { guild: 4n } })]);
  expect((await runner.leftBehind()).map(({ principal }) => principal)).toEqual([
    { connection: 2n, caller: undefined, group: undefined, session: {} },
    { connection: 3n, caller: 8n, group: undefined, session: { guild: 4n } },
  ]);
});
