import type { Row } from "../row.js";
import { type ServerProcess, startLoad, startServer, startWatcher } from "../runtime/processes.js";
import { countBytes } from "./bytes.js";
import type { CallOrder, CallReport } from "./call-load.js";
import { Connection } from "./connection.js";
import { fillMessage, isResult, type Kind } from "./messages.js";
import { ITEMS } from "../runtime/systems.js";
import type { WatchOrder, WatchReport } from "./watch-load.js";
import { BASE, OTHERS, type Wire } from "./wire.js";

export interface WireOptions {
  /** Short runs, which only show that the benchmark still works. */
  readonly quick: boolean;
}

/** Rows inserted in one call. */
const BATCH = 1000;

interface Shape {
  readonly name: string;
  readonly kind: Kind;
  readonly connections: number;
  readonly depth: number;
  /** Connections that watch what is written; 0 when nobody does. */
  readonly watchers: number;
}

const SHAPES: readonly Shape[] = [
  { name: "get+update, 1 connection", kind: "get_update", connections: 1, depth: 1, watchers: 0 },
  { name: "get+update, 128 connections", kind: "get_update", connections: 128, depth: 1, watchers: 0 },
  { name: "fan-out to 100 subscribers", kind: "walk", connections: 1, depth: 8, watchers: 100 },
];

/** What one load has given: calls, or deliveries of a change to a subscriber. */
interface Measured {
  readonly perSecond: number;
  /** Processor time of the server for one, in µs. */
  readonly cpu: number;
  /** Messages that reached the watchers for each delivery: below 1 when updates were merged. */
  readonly arrived: number | undefined;
}

/** What protocols and layers cost the server, each beside `jsonb` alone, and the bytes that they send. */
export async function run({ quick }: WireOptions, report: (row: Row) => void): Promise<void> {
  const rounds = quick ? 1 : 5;
  const times = quick ? { warmupMs: 50, measureMs: 100 } : { warmupMs: 500, measureMs: 1500 };
  const base = await serve(BASE);
  try {
    for (const shape of SHAPES) await load(base, BASE, shape, times);
    await reportBytes(base, BASE, quick, report);
    for (const wire of OTHERS) {
      const server = await serve(wire);
      try {
        await reportBytes(server, wire, quick, report);
        for (const shape of SHAPES) {
          // A server that has just begun has not compiled its code yet; the other one has run for longer.
          await load(server, wire, shape, times);
          const pairs: [Measured, Measured][] = [];
          for (let round = 0; round < rounds; round++) {
            pairs.push([await load(base, BASE, shape, times), await load(server, wire, shape, times)]);
          }
          reportPairs(wire, shape, pairs, report);
        }
      } finally {
        await server.stop();
      }
    }
  } finally {
    await base.stop();
  }
}

/** A server that speaks this, with the rows that the load works on. */
async function serve(wire: Wire): Promise<ServerProcess> {
  const { protocol, layers } = wire;
  const settings = protocol === "hetu.1" ? { hetu1: layers, hetu2: [] } : { hetu1: ["jsonb"], hetu2: layers };
  const server = await startServer("hetu-server", [JSON.stringify(settings)]);
  const connection = await Connection.open({ port: server.port, path: server.path, wire });
  for (let from = 0; from < ITEMS; from += BATCH) {
    for (const system of ["fill_items", "fill_spots"]) {
      const answer = await connection.ask(fillMessage(wire, system, from, BATCH));
      if (!isResult(wire, answer)) throw new Error(`${system}: ${Buffer.from(answer).toString("latin1")}`);
    }
  }
  connection.close();
  return server;
}

async function load(
  server: ServerProcess,
  wire: Wire,
  { kind, connections, depth, watchers }: Shape,
  times: { warmupMs: number; measureMs: number },
): Promise<Measured> {
  const at = { port: server.port, path: server.path, wire };
  const watcher =
    watchers === 0
      ? undefined
      : await startWatcher<WatchOrder, WatchReport>("../wire/watch-load", { ...at, connections: watchers });
  const order = { ...at, kind, connections, depth, ...times };
  const { report } = await startLoad<CallOrder, CallReport>("../wire/call-load", order);
  const before = await server.usage();
  const seen = await watcher?.ask();
  const { calls, callsPerSecond } = await report;
  const after = await server.usage();
  const arrived = await watcher?.ask();
  await watcher?.stop();
  const each = watchers === 0 ? 1 : watchers;
  return {
    perSecond: callsPerSecond * each,
    cpu: (after.cpu - before.cpu) / (calls * each),
    arrived:
      arrived === undefined || seen === undefined ? undefined : (arrived.messages - seen.messages) / (calls * each),
  };
}

function reportPairs(
  wire: Wire,
  shape: Shape,
  pairs: readonly (readonly [Measured, Measured])[],
  report: (row: Row) => void,
): void {
  const middle = (value: (pair: readonly [Measured, Measured]) => number): number => {
    const values = pairs.map(value).sort((a, b) => a - b);
    return values[values.length >> 1]!;
  };
  const spread = (value: (pair: readonly [Measured, Measured]) => number): string => {
    const values = pairs.map(value).sort((a, b) => a - b);
    return `pairs from ${values[0]!.toFixed(2)} to ${values.at(-1)!.toFixed(2)}`;
  };
  const rate = ([base, other]: readonly [Measured, Measured]): number => other.perSecond / base.perSecond;
  const cost = ([base, other]: readonly [Measured, Measured]): number => other.cpu / base.cpu;
  const arrived = shape.watchers === 0 ? "" : `, ${middle(([, other]) => other.arrived ?? 0).toFixed(2)} messages each`;
  report({
    name: `${shape.name}, ${wire.name}`,
    value: middle(([, other]) => other.perSecond),
    unit: shape.watchers === 0 ? "calls/s" : "updates/s",
    limit: middle(([base]) => base.perSecond),
    ratio: middle(rate),
    note: `${spread(rate)}${arrived}`,
  });
  report({
    name: `server's time: ${shape.name}, ${wire.name}`,
    value: middle(([, other]) => other.cpu),
    unit: "µs CPU",
    limit: middle(([base]) => base.cpu),
    ratio: middle(cost),
    note: spread(cost),
  });
}

async function reportBytes(
  server: ServerProcess,
  wire: Wire,
  quick: boolean,
  report: (row: Row) => void,
): Promise<void> {
  const { call, answer, update } = await countBytes(server, wire, quick ? 20 : 1000);
  report({ name: `bytes of a call, ${wire.name}`, value: call, unit: "bytes" });
  report({ name: `bytes of its answer, ${wire.name}`, value: answer, unit: "bytes" });
  report({ name: `bytes of an update, ${wire.name}`, value: update, unit: "bytes" });
}
