import { afterEach, expect, test, vi } from "vitest";
import { Hetu2Client, type Options, resumeOf } from "./hetu2-client.js";
import { Told } from "./told.js";
import { startWorld, type WorldServer } from "./world-server.js";

let world: WorldServer | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

const LONG = 3_600_000;

/** Resolves when so many sessions wait for their clients. */
async function parked(count: number): Promise<void> {
  const sessions = world?.server.instances.get("world")?.gate.sessions;
  await vi.waitFor(() => expect(sessions?.parked).toBe(count), { timeout: 30_000, interval: 5 });
}

test("when more sessions wait than may, the one whose link was lost first ends", async () => {
  const told = new Told();
  world = await startWorld({
    limits: { parkedSessions: 2 },
    wire: { resumeWindow: LONG },
    systems: { left: (ctx) => told.tell(`left ${ctx.caller}`) },
  });
  const clients: Hetu2Client[] = [];
  for (const user of [1, 2, 3]) {
    const client = await Hetu2Client.open(world.port);
    await client.call("login", user);
    await client.drop();
    clients.push(client);
    // Dropped in this order for the server, too.
    await Hetu2Client.open(world.port).then((one) => one.close());
  }
  await told.until("left 1");
  const resumed = await Promise.all(
    clients.map((client) => Hetu2Client.open(world?.port ?? 0, { resume: resumeOf(client) })),
  );
  expect(resumed.map(({ welcome }) => welcome.resumed)).toEqual([false, true, true]);
});

test("when more of one address wait than may, its oldest ends, and nobody else's", async () => {
  const told = new Told();
  const server = (world = await startWorld({
    limits: { parkedSessions: 4, connectionsPerAddress: 2 },
    trustedProxies: 1,
    wire: { resumeWindow: LONG },
    systems: { left: (ctx) => told.tell(`left ${ctx.caller}`) },
  }));
  const from = (address: string): Options => ({
    headers: { "x-forwarded-for": address, "x-forwarded-proto": "https" },
  });
  const clients: Hetu2Client[] = [];
  const dropped = async (user: number, address: string, waiting: number): Promise<void> => {
    const client = await Hetu2Client.open(server.port, from(address));
    await client.call("login", user);
    await client.drop();
    clients.push(client);
    await parked(waiting);
  };
  await dropped(1, "2001:db8:0:1::1", 1);
  for (const user of [2, 3]) await dropped(user, `2001:db8:0:2::${user}`, user);
  for (const user of [4, 5, 6]) {
    await dropped(user, `2001:db8:0:2::${user}`, 3);
    await told.until(`left ${user - 2}`);
  }
  const resumed: boolean[] = [];
  // From elsewhere, one after the other: what may be resumed does not depend on where its client is now.
  for (const [at, client] of clients.entries()) {
    const back = await Hetu2Client.open(server.port, { ...from(`203.0.113.${at}`), resume: resumeOf(client) });
    resumed.push(back.welcome.resumed);
  }
  expect(resumed).toEqual([true, false, false, false, true, true]);
  expect(told.all.filter((what) => what.startsWith("left"))).toEqual(["left 2", "left 3", "left 4"]);
  await parked(0);
});

test("a session makes room among those of its address when its client comes back", async () => {
  const told = new Told();
  world = await startWorld({
    limits: { connectionsPerAddress: 1 },
    wire: { resumeWindow: LONG },
    systems: { left: (ctx) => told.tell(`left ${ctx.caller}`) },
  });
  let client = await Hetu2Client.open(world.port);
  await client.call("login", 1);
  for (let times = 0; times < 3; times++) {
    await client.drop();
    await parked(1);
    client = await Hetu2Client.open(world.port, { resume: resumeOf(client) });
    expect(client.welcome.resumed).toBe(true);
  }
  expect(told.all).toEqual([]);
});

test("all sessions of an address are kept where connections are not limited", async () => {
  const server = (world = await startWorld({
    limits: { connectionsPerAddress: Infinity, parkedSessions: Infinity },
    wire: { resumeWindow: LONG },
  }));
  const clients = await Promise.all(Array.from({ length: 20 }, () => Hetu2Client.open(server.port)));
  await Promise.all(clients.map((client) => client.drop()));
  await parked(20);
  const back = await Promise.all(clients.map((client) => Hetu2Client.open(server.port, { resume: resumeOf(client) })));
  expect(back.every(({ welcome }) => welcome.resumed)).toBe(true);
});
