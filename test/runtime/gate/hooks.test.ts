import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { LeftContext } from "../../fixtures/world/generated/server-ts/world/index.js";
import { WireClient } from "./wire-client.js";
import { startWorld } from "./world-server.js";

test("@on(start) runs before the first connection, @on(connect) before a connection's first call", async () => {
  const seen: string[] = [];
  const world = await startWorld({
    systems: {
      started: (ctx) => void seen.push(`started ${String(ctx.connection)}`),
      async arrived(ctx) {
        await ctx.Online.upsert({ owner: ctx.connection! });
        seen.push("arrived");
      },
      echo(_ctx, text) {
        seen.push(text);
        return text;
      },
    },
  });
  const client = await WireClient.open(world.port);
  await client.call("echo", "called");
  expect(seen).toEqual(["started undefined", "arrived", "called"]);
  await world.close();
});

test("a rejecting @on(connect) refuses the connection, a failing one too, and others are served", async () => {
  let turn = 0;
  const world = await startWorld({
    systems: {
      arrived(ctx) {
        turn++;
        if (turn === 1) ctx.abort();
        if (turn === 2) throw new Error("broken");
      },
    },
  });
  const refused = await WireClient.open(world.port);
  expect(await refused.closed).toEqual({ code: 4003, reason: "refused by arrived: ABORTED" });
  const failed = await WireClient.open(world.port);
  expect(await failed.closed).toEqual({ code: 1011, reason: "arrived failed" });
  const client = await WireClient.open(world.port);
  expect(await client.call("echo", "in")).toEqual(["rsp", "in"]);
  await world.close();
});

test("@on(disconnect) runs once after the last call, with the caller that this call logged in", async () => {
  let left: (caller: bigint | undefined) => void;
  const leaving = new Promise<bigint | undefined>((resolve) => (left = resolve));
  let calls = 0;
  const world = await startWorld({
    systems: {
      async login(ctx, id) {
        ctx.elevate(id);
        await new Promise((resolve) => setTimeout(resolve, 30));
        return id;
      },
      left(ctx) {
        calls++;
        left(ctx.caller);
      },
    },
  });
  const client = await WireClient.open(world.port);
  client.send("rpc", "login", 5);
  client.send("clock");
  client.socket.terminate();
  expect(await leaving).toBe(5n);
  await world.close();
  expect(calls).toBe(1);
});

test("@on(disconnect) of everyone runs when the server stops", async () => {
  const left: (bigint | undefined)[] = [];
  const world = await startWorld({ systems: { left: (ctx) => void left.push(ctx.caller) } });
  const clients = await Promise.all([1, 2, 3].map(() => WireClient.open(world.port)));
  await Promise.all(clients.map((client, n) => client.call("login", n)));
  await world.close();
  expect(left.sort()).toEqual([0n, 1n, 2n]);
  for (const client of clients) expect(await client.closed).toEqual({ code: 1001, reason: "the server stops" });
});

test("a socket that never shook hands has no hooks", async () => {
  const seen: string[] = [];
  const world = await startWorld({
    systems: { arrived: () => void seen.push("arrived"), left: () => void seen.push("left") },
  });
  const client = new WireClient(`ws://127.0.0.1:${world.port}/hetu/world`);
  await new Promise((resolve) => client.socket.once("open", resolve));
  await client.close();
  await world.close();
  expect(seen).toEqual([]);
});

test("@on(disconnect) that did not run in time runs at the next start, before @on(start), once", async () => {
  const data = await mkdtemp(join(tmpdir(), "hetu-hooks-"));
  const first = await startWorld({
    data,
    stopDeadline: 50,
    systems: { left: () => new Promise<void>(() => undefined) },
  });
  const client = await WireClient.open(first.port);
  await client.call("login", 5);
  await client.call("join_guild", 7);
  await first.close();

  const seen: unknown[] = [];
  const systems = {
    left: (ctx: LeftContext) => void seen.push([ctx.caller, ctx.session.guild, ctx.connection !== undefined]),
    started: () => void seen.push("started"),
  };
  await (await startWorld({ data, systems })).close();
  expect(seen).toEqual([[5n, 7n, true], "started"]);
  await (await startWorld({ data, systems })).close();
  expect(seen.slice(2)).toEqual(["started"]);
  await rm(data, { recursive: true });
});
