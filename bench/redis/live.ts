import type { Row } from "../row.js";
import { THINGS } from "../runtime/places.js";
import { runLoad, type ServerProcess, startTeam } from "../runtime/processes.js";
import type { RoomOrder, RoomReport } from "./room-load.js";
import { type RedisParts, startHetu, type Target } from "./sides.js";

const QUERIES = 10;
const CHANGES_PER_SECOND = 1000;
const WRITERS = 16;
/** Of commands of a server process for a change. */
const AIM = "< 2";

/**
 * Clients with ten live queries each, while others change a thousand rows a second.
 * @param target A Redis on which the instance is already.
 */
export async function measureRedisLive(
  target: Target,
  { quick, mostRows }: RedisParts,
  report: (row: Row) => void,
): Promise<void> {
  const shapes = quick
    ? [{ workers: 1, clients: 50 }]
    : [
        { workers: 1, clients: 100 },
        { workers: 1, clients: 1000 },
        { workers: 2, clients: 100 },
        { workers: 2, clients: 1000 },
      ];
  for (const { workers, clients } of shapes) {
    const server = await startHetu(workers, target);
    try {
      await measureClients(
        server,
        target,
        { workers, clients, things: Math.min(THINGS, mostRows), ms: quick ? 400 : 5000 },
        report,
      );
    } finally {
      await server.stop();
    }
  }
}

async function measureClients(
  server: ServerProcess,
  { probe }: Target,
  shape: { readonly workers: number; readonly clients: number; readonly things: number; readonly ms: number },
  report: (row: Row) => void,
): Promise<void> {
  const { workers, clients, things, ms } = shape;
  const { port, path } = server;
  const order: RoomOrder = { role: "watch", port, path, connections: clients, rooms: QUERIES, rate: 0, things, ms };
  const watchers = await startTeam<RoomOrder>("../redis/room-load", order);
  const writing: RoomOrder = { ...order, role: "write", connections: WRITERS, rate: CHANGES_PER_SECOND };
  const connected = (await server.usage("settled")).memory;
  await watchers.ask("subscribe");
  const subscribed = (await server.usage("settled")).memory;
  await runLoad<RoomOrder, unknown>("../redis/room-load", { ...writing, ms: ms / 4 });
  await watchers.ask("report");
  const before = await Promise.all([probe.work(), server.usage()]);
  const { sent } = await runLoad<RoomOrder, { sent: number }>("../redis/room-load", writing);
  const after = await Promise.all([probe.work(), server.usage()]);
  const seen = await watchers.ask<RoomReport>("report");
  await watchers.stop();

  const commands = (after[0].commands - before[0].commands) / sent;
  const feed = (after[0].feedReads - before[0].feedReads) / sent;
  const what = `${clients} clients × ${QUERIES} live queries, ${workers} worker${workers === 1 ? "" : "s"}`;
  const seconds = ms / 1000;
  report({
    name: `commands of a process for a change, ${what}`,
    value: (commands - 2) / workers,
    unit: "commands",
    aim: AIM,
    note: `${Math.round(sent / seconds)} changes/s; in all ${commands.toFixed(2)} a change: 2 of the call itself, ${feed.toFixed(2)} of the feeds`,
  });
  const cpu = (after[1].cpu - before[1].cpu) / 1e6 / seconds;
  report({
    name: `delay of an update, ${what}`,
    value: seen.p99Ms,
    unit: "ms p99",
    note:
      `p50 ${seen.p50Ms.toFixed(2)} ms; ${Math.round(seen.received / seconds).toLocaleString("en-US")} updates/s; ` +
      `${cpu.toFixed(2)} cores of the server, ${((after[0].cpuMs - before[0].cpuMs) / ms).toFixed(2)} of Redis`,
  });
  report({
    name: `memory of a subscription, ${what}`,
    value: (1000 * (subscribed - connected)) / (clients * QUERIES),
    unit: "kB",
    note: `resident memory of all workers, ${connected.toFixed(0)} MB with the connections, ${subscribed.toFixed(0)} MB with the subscriptions`,
  });
}
