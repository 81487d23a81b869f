import { SchemaChangeError } from "hetu";
import { expect, test } from "vitest";
import { WireClient } from "../gate/wire-client.js";
import { startWorld, worldSystems, worldWithoutAccount } from "../gate/world-server.js";

test("new code is swapped in while connections, logins, subscriptions and volatile rows stay", async () => {
  const world = await startWorld({ swappable: true });
  const [watcher, mover] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  await watcher.call("login", 1);
  await mover.call("login", 2);
  await mover.call("move_to", 5, 5);
  watcher.send("sub", "Position", "range", "x", 0, 10);
  const [, subscription] = await watcher.next();

  await world.server.swap(
    worldSystems({
      echo: (_ctx, text) => `new ${text}`,
      async any(ctx) {
        await ctx.Online.get({ owner: 2n });
        if ((await ctx.Online.range("owner")).length !== 2) throw new Error("volatile rows are gone");
      },
    }),
  );

  expect(await watcher.call("echo", "code")).toEqual(["rsp", "new code"]);
  expect(await watcher.call("whoami")).toEqual(["rsp", 1]);
  expect(await mover.call("any")).toEqual(["rsp", "ok"]);
  await mover.call("move_to", 6, 5);
  const [kind, id, rows] = await watcher.next();
  expect([kind, id]).toEqual(["updt", subscription]);
  expect(Object.values(rows as object)).toMatchObject([{ owner: 2, x: 6 }]);
  await world.close();
});

test("calls that come during a swap wait for the new code, running ones finish on the old", async () => {
  let proceed: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (proceed = resolve));
  let entered: () => void = () => undefined;
  const running = new Promise<void>((resolve) => (entered = resolve));
  const world = await startWorld({
    swappable: true,
    systems: {
      async echo(_ctx, text) {
        entered();
        await held;
        return `old ${text}`;
      },
    },
  });
  const client = await WireClient.open(world.port);
  client.send("rpc", "echo", "first");
  client.send("rpc", "echo", "second");
  await running;
  const swapped = world.server.swap(worldSystems({ echo: (_ctx, text) => `new ${text}` }));
  const late = await WireClient.open(world.port);
  late.send("rpc", "echo", "third");
  proceed();
  await swapped;
  expect(await client.take(2)).toEqual([
    ["rsp", "old first"],
    ["rsp", "new second"],
  ]);
  expect(await late.next()).toEqual(["rsp", "new third"]);
  await world.close();
});

test("a schema that the data does not fit leaves the old code running", async () => {
  const world = await startWorld({ swappable: true });
  const client = await WireClient.open(world.port);
  await client.call("transfer", 1, 2, 10);
  await expect(world.server.swap(worldWithoutAccount())).rejects.toThrow(SchemaChangeError);
  expect(await client.call("transfer", 1, 2, 10)).toEqual(["rsp", 80]);
  await world.close();
});

test("a swap with reset deletes the data and sends the clients away", async () => {
  const world = await startWorld({ swappable: true });
  const client = await WireClient.open(world.port);
  await client.call("transfer", 1, 2, 10);
  await world.server.swap(worldSystems(), { reset: true });
  expect(await client.closed).toEqual({ code: 1001, reason: "the data was reset" });
  const again = await WireClient.open(world.port);
  expect(await again.call("transfer", 1, 2, 10)).toEqual(["rsp", 90]);
  await world.close();
});

test("a subscription that the new schema cannot serve ends with its connection", async () => {
  const world = await startWorld({ swappable: true });
  const [affected, other] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  affected.send("sub", "Account", "range", "number", 1, 5);
  await affected.next();
  await world.server.swap(worldWithoutAccount());
  const { code, reason } = await affected.closed;
  expect(code).toBe(1001);
  expect(reason).toContain("Account.number[1:5:1][:10] cannot go on");
  expect(await other.call("echo", "fine")).toEqual(["rsp", "fine"]);
  await world.close();
});

test("code that the schema has no system for is served, with a warning that names it", async () => {
  const warnings: object[] = [];
  const quiet = (): undefined => undefined;
  const log = {
    debug: quiet,
    info: quiet,
    error: quiet,
    fatal: quiet,
    warn: (fields: object) => void warnings.push(fields),
  };
  const world = await startWorld({ swappable: true, log });
  expect(warnings).toEqual([]);
  const next = worldSystems();
  await world.server.swap({ ...next, systems: { ...next.systems, unheardOf: () => undefined } });
  expect(warnings).toEqual([expect.objectContaining({ systems: ["unheardOf"] })]);
  await world.close();
});
