import { createHash } from "node:crypto";
import type { Implementation } from "hetu";
import { beforeEach, describe, expect, it } from "vitest";
import {
  Account,
  type Calls,
  type Client,
  type ConnectOptions,
  Inventory,
  Position,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { startWorld, type WorldServer, worldWithoutAccount } from "../runtime/gate/world-server.js";
import { CuttableProxy } from "./cuttable-proxy.js";
import { listen } from "./listen.js";
import { afterTest, startClient } from "./world-client.js";

let world: WorldServer;
let proxy: CuttableProxy;

/** Clients reach the server through a proxy that can cut them off. */
async function serve(options: Parameters<typeof startWorld>[0] = {}): Promise<void> {
  world = await startWorld(options);
  afterTest(() => world.close());
  proxy = await CuttableProxy.start(world.port);
  afterTest(() => proxy.stop());
}

function player(options: ConnectOptions<Calls> = {}): Client {
  return startClient(`ws://127.0.0.1:${proxy.port}/hetu/world`, options);
}

/** A client that counts its logins. */
function counted(user: bigint): { readonly client: Client; readonly logins: readonly bigint[] } {
  const logins: bigint[] = [];
  const client = player({
    bootstrap: async ({ calls }) => {
      logins.push(await calls.login(user));
    },
  });
  return { client, logins };
}

describe("over hetu.2, with a real server", () => {
  beforeEach(() => serve());

  it("a client that comes back in time is logged in as before, and told only what changed", async () => {
    const { client, logins } = counted(1n);
    const other = player({ bootstrap: ({ calls }) => calls.login(2n) });
    await other.calls.transfer(1, 2, 10n);
    const accounts = client.query(Account).range("number");
    const me = client.query(Position).get({ owner: 1n });
    await Promise.all([accounts.ready, me.ready]);
    const [, kept] = accounts.rows;
    const told = listen(accounts);
    const back = new Promise<void>((resolve) => client.onResynced(resolve));
    proxy.hold();
    const missed = other.calls.transfer(1, 3, 5n);
    proxy.cut(0);
    proxy.release();
    await Promise.all([missed, back]);
    await client.calls.moveTo(1, 2);
    expect(logins).toStrictEqual([1n]);
    expect(me.row).toMatchObject({ owner: 1n, x: 1, y: 2 });
    expect(accounts.rows.map(({ balance }) => balance)).toStrictEqual([85n, 110n, 105n]);
    expect(accounts.rows[1]).toBe(kept);
    expect(told.filter((each) => each === "stale" || each === "resynced")).toStrictEqual(["stale", "resynced"]);
    await other.query(Position).fetch("x");
  });

  it("a transaction's rows are seen in all queries before anybody is told", async () => {
    const client = player();
    const [low, high] = [client.query(Account).range("number", 1), client.query(Account).range("number", 2)];
    await Promise.all([low.ready, high.ready]);
    const sums: bigint[] = [];
    for (const query of [low, high]) {
      query.onChange(() => sums.push([...low.rows, ...high.rows].reduce((sum, { balance }) => sum + balance, 0n)));
    }
    await client.calls.transfer(1, 2, 10n);
    await client.calls.transfer(2, 1, 30n);
    expect(sums).toStrictEqual([200n, 200n, 200n, 200n]);
  });

  it("fetch counts, goes through pages and tells refusals apart", async () => {
    const client = player();
    for (let number = 1; number <= 5; number += 2) await client.calls.transfer(number, number + 1, 1n);
    const first = await client.query(Account).fetch("number", 1, 5, { limit: 2, count: true });
    expect([first.count, first.rows.map(({ number }) => number)]).toStrictEqual([5, [1, 2]]);
    const second = await client.query(Account).fetch("number", 1, 5, { limit: 2, after: first.next });
    expect(second.rows.map(({ number }) => number)).toStrictEqual([3, 4]);
    const last = await client.query(Account).fetch("number", 1, 5, { limit: 2, after: second.next });
    expect([last.rows.map(({ number }) => number), last.next]).toStrictEqual([[5], undefined]);
    const back = await client.query(Account).fetch("number", null, null, { limit: 2, desc: true });
    expect(back.rows.map(({ number }) => number)).toStrictEqual([6, 5]);
    await expect(client.query(Position).fetch("x")).rejects.toMatchObject({ refusal: "FORBIDDEN" });
    await expect(client.query(Inventory).range("owner", 1n).ready).rejects.toMatchObject({ refusal: "FORBIDDEN" });
  });
});

/** {@link worldWithoutAccount} as its own compiler would describe it. */
function otherWorld(): Implementation {
  const { schema, ...rest } = worldWithoutAccount();
  const [components, callables, errors, events] = schema.wire.description;
  const lost = new Set(["any", "transfer", "buy", "buy_twice", "never_retried", "slow"]);
  const description = [
    components.filter(([name]) => name !== "Account"),
    callables.filter(([name]) => !lost.has(name)),
    errors,
    events,
  ] as const;
  const fingerprint = createHash("sha256").update(JSON.stringify(description)).digest("hex");
  return { schema: { ...schema, wire: { fingerprint, description } }, ...rest };
}

it("a server without a component of the client's refuses what needs it by name, and serves the rest", async () => {
  await serve({ instances: { world: otherWorld() } });
  const client = player({ bootstrap: ({ calls }) => calls.login(1n) });
  await expect(client.query(Account).range("number").ready).rejects.toThrow(/^Account is not on the server:/);
  await expect(client.calls.transfer(1, 2, 3n)).rejects.toThrow(/^transfer is not on the server:/);
  const me = client.query(Position).get({ owner: 1n });
  await client.calls.moveTo(3, 4);
  await me.ready;
  expect(me.row).toMatchObject({ x: 3, y: 4 });
});

it("a client of default options falls back to hetu.1 when the server does not speak hetu.2", async () => {
  await serve({ wire: { hetu2: [] } });
  const client = player({ protocols: ["hetu.2", "hetu.1"], bootstrap: ({ calls }) => calls.login(1n) });
  await client.calls.moveTo(3, 4);
  const page = await client.query(Position).fetch("x", null, null, { count: true });
  expect(page).toMatchObject({ rows: [{ owner: 1n, x: 3 }], count: undefined });
});
