import { encode } from "@msgpack/msgpack";
import type { Row } from "../row.js";
import type { LiveOrder } from "./live-load.js";
import { runLoad, type ServerProcess } from "./processes.js";
import { clientFrame, RawSocket } from "./raw-socket.js";

const CONNECTIONS = 100;
const SUBSCRIPTIONS_EACH = 100;
/** Where the watched ranges begin: no written row has an `x` as large. */
const ELSEWHERE = 10_000;
const ROUNDS = 11;
const SETTLE_MS = 300;

/**
 * What 10,000 subscriptions that a change does not touch add to the cost of that change, in processor time of the
 * server: its rate says more about the machine's mood.
 */
export async function measureUntouched(
  hetu: ServerProcess,
  measureMs: number,
  report: (row: Row) => void,
): Promise<void> {
  const ratios: number[] = [];
  let last = 0;
  // Taken in turn, so that a drift of the machine's speed hits both sides.
  for (let round = 0; round < ROUNDS; round++) {
    const without = await cpuOfChange(hetu, measureMs / 2);
    const sockets = await subscribeElsewhere(hetu);
    last = await cpuOfChange(hetu, measureMs / 2);
    for (const socket of sockets) socket.close();
    // Ending 10,000 subscriptions is work, too, and belongs to neither side.
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    ratios.push(last / without);
  }
  ratios.sort((a, b) => a - b);
  report({
    name: `cost of a change, ${CONNECTIONS * SUBSCRIPTIONS_EACH} untouched subscriptions`,
    value: last,
    unit: "µs CPU",
    ratio: ratios[ROUNDS >> 1]!,
    aim: "< 1.05",
    note: `median of ${ROUNDS} pairs, ${ratios[0]!.toFixed(3)} to ${ratios[ROUNDS - 1]!.toFixed(3)}`,
  });
}

/** Processor time of one change, in µs: one writer, a few calls under way. */
async function cpuOfChange(server: ServerProcess, measureMs: number): Promise<number> {
  const order: LiveOrder = {
    role: "write",
    port: server.port,
    path: server.path,
    connections: 1,
    greetings: [],
    rate: 0,
    warmupMs: 0,
    measureMs,
    bare: false,
  };
  const before = await server.usage();
  const { report } = await runLoad<LiveOrder, { report: { perSecond: number } }>("live-load", order);
  const after = await server.usage();
  return (after.cpu - before.cpu) / (report.perSecond * (measureMs / 1000));
}

async function subscribeElsewhere(server: ServerProcess): Promise<RawSocket[]> {
  const sockets: RawSocket[] = [];
  for (let c = 0; c < CONNECTIONS; c++) {
    const socket = await RawSocket.open(server.port, server.path);
    let answers = 0;
    await new Promise<void>((resolve) => {
      socket.onMessage = () => {
        if (++answers === SUBSCRIPTIONS_EACH + 1) resolve();
      };
      socket.cork();
      socket.write(clientFrame(encode([])));
      for (let s = 0; s < SUBSCRIPTIONS_EACH; s++) {
        const left = ELSEWHERE + c * SUBSCRIPTIONS_EACH + s;
        socket.write(clientFrame(encode(["sub", "Spot", "range", "x", left, left + 50, 10, false, true])));
      }
      socket.uncork();
    });
    sockets.push(socket);
  }
  return sockets;
}
