import { everybody, user } from "hetu";
import { expect, test } from "vitest";
import { Shout } from "../../fixtures/world/generated/server-ts/world/index.js";
import { WireClient } from "./wire-client.js";
import { startWorld, type WorldServer } from "./world-server.js";

/** Keeps the gate from hearing that commits are durable. @returns a function that tells it what it has missed. */
function holdDurability(world: WorldServer): () => void {
  const { durability } = world.server.instances.get("world")!.gate.outboxes;
  const advance = durability.advance.bind(durability);
  let newest = durability.position;
  durability.advance = (position) => (newest = position);
  return () => {
    durability.advance = advance;
    advance(newest);
  };
}

/** Everything that was sent before has been worked off: a greeting goes past all that waits. */
async function workedOff(client: WireClient): Promise<void> {
  for (let n = 0; n < 2; n++) {
    client.send("motd");
    expect(await client.next()).toBe("hetu");
  }
}

test("answers, updates, events and answers to sub and reads wait until what they tell is durable", async () => {
  const world = await startWorld({
    systems: {
      async shout(ctx, text) {
        const position = await ctx.Position.upsert({ owner: ctx.caller! });
        position.x = 50;
        ctx.send(everybody, Shout, { from: ctx.caller!, text });
        ctx.send(user(2n), Shout, { from: ctx.caller!, text });
      },
      async any(ctx) {
        await ctx.Position.get({ owner: 1n });
      },
    },
  });
  const [writer, watcher, late, reader, idle] = await Promise.all(
    [1, 2, 3, 4, 5].map(() => WireClient.open(world.port)),
  );
  await writer!.call("login", 1);
  await watcher!.call("login", 2);
  await late!.call("login", 3);
  watcher!.send("sub", "Position", "range", "x", 0, 100);
  await watcher!.next();

  const release = holdDurability(world);
  writer!.send("rpc", "shout", "hi");
  await workedOff(writer!);
  late!.send("sub", "Position", "get", "owner", 1);
  late!.send("sub", "Position", "range", "x", 0, 100);
  reader!.send("rpc", "any");
  for (const client of [watcher, late, reader]) await workedOff(client!);
  // Who has got an event has to wait for it, too, before anything else.
  idle!.send("rpc", "echo", "after the event");
  await workedOff(idle!);
  release();

  const event = ["evt", "Shout", { from: 1, text: "hi" }];
  expect(await writer!.take(2)).toEqual([event, ["rsp", "ok"]]);
  expect((await watcher!.take(3)).map(([kind]) => kind)).toEqual(["updt", "evt", "evt"]);
  const [told, got, range] = await late!.take(3);
  expect(told).toEqual(event);
  expect(got?.[2]).toMatchObject({ owner: 1, x: 50 });
  expect(range?.[2]).toMatchObject([{ owner: 1, x: 50 }]);
  expect(await reader!.take(2)).toEqual([event, ["rsp", "ok"]]);
  expect(await idle!.take(2)).toEqual([event, ["rsp", "after the event"]]);
  await world.close();
});

test("a call that does not depend on anything new does not wait", async () => {
  const world = await startWorld();
  const [writer, other] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  const release = holdDurability(world);
  writer.send("rpc", "login", 1);
  await workedOff(writer);
  expect(await other.call("echo", "free")).toEqual(["rsp", "free"]);
  release();
  expect(await writer.next()).toEqual(["rsp", 1]);
  await world.close();
});
