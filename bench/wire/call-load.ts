import { Connection } from "./connection.js";
import { answersIn, callMessage, isResult, type Kind } from "./messages.js";
import type { Wire } from "./wire.js";

/** The order of a process that calls, one call of a connection at a time or several. */
export interface CallOrder {
  readonly port: number;
  readonly path: string;
  readonly wire: Wire;
  readonly kind: Kind;
  readonly connections: number;
  /** Calls that each connection has under way. */
  readonly depth: number;
  readonly warmupMs: number;
  readonly measureMs: number;
}

export interface CallReport {
  readonly calls: number;
  readonly callsPerSecond: number;
}

/** Calls to draw from. */
const POOL = 4096;
/** Messages prepared for each second of one connection alone, shared out among several: about as many as are sent. */
const PREPARED_PER_SECOND = 60_000;
/** So many answers of each connection are decoded and looked at; the others are counted. */
const CHECKED = 20;

process.on("message", (order: CallOrder) => {
  void run(order).then((report) => process.send!({ report }, () => process.disconnect()));
});

async function run({ wire, kind, connections, depth, warmupMs, measureMs, ...server }: CallOrder): Promise<CallReport> {
  const pool = Array.from({ length: POOL }, () => callMessage(wire, kind));
  const draw = (): Uint8Array => pool[(Math.random() * POOL) | 0]!;
  const prepared = Math.ceil(((PREPARED_PER_SECOND / connections) * (warmupMs + measureMs)) / 1000);
  const opened: Connection[] = [];
  for (let i = 0; i < connections; i++) {
    const connection = await Connection.open({ ...server, wire });
    connection.prepare(prepared, draw);
    opened.push(connection);
  }

  let answered = 0;
  let running = true;
  for (const connection of opened) {
    let checked = 0;
    connection.onMessage = (payload) => {
      if (checked < CHECKED) {
        checked++;
        const message = connection.decode(payload);
        if (!isResult(wire, message)) throw new Error(`${kind}: ${Buffer.from(message).toString("latin1")}`);
      }
      const answers = answersIn(wire, kind, payload);
      answered += answers;
      for (let i = 0; running && i < answers; i++) connection.sendNext(draw);
    };
    for (let i = 0; i < depth; i++) connection.sendNext(draw);
  }

  await wait(warmupMs);
  process.send!({ ready: true });
  const before = answered;
  const began = performance.now();
  await wait(measureMs);
  const calls = answered - before;
  const seconds = (performance.now() - began) / 1000;
  running = false;
  for (const connection of opened) connection.close();
  return { calls, callsPerSecond: calls / seconds };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
