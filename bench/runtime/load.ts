import { encode } from "@msgpack/msgpack";
import { clientFrame, RawSocket } from "./raw-socket.js";
import { framesOf, type Workload } from "./workload.js";

/** The order that a load process gets. */
export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  /** Calls that each connection has under way at a time. */
  readonly depth: number;
  readonly warmupMs: number;
  readonly measureMs: number;
  readonly workload: Workload;
}

export interface LoadReport {
  readonly callsPerSecond: number;
  /** All answers, warm-up included. */
  readonly answered: number;
  /** Answers other than `rsp`, warm-up included. */
  readonly refused: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of one core that this process used while measuring. */
  readonly cpu: number;
}

/** `rsp`, as the second to fourth byte of an answer. */
const RESULT = encode("rsp");

process.on("message", (order: LoadOrder) => {
  void run(order).then((report) => process.send!(report, () => process.disconnect()));
});

async function run(order: LoadOrder): Promise<LoadReport> {
  const frames = framesOf(order.workload);
  const sockets = await Promise.all(Array.from({ length: order.connections }, () => open(order)));
  const latencies: number[] = [];
  let refused = 0;
  let answered = 0;
  let sampling = false;
  let running = true;

  for (const socket of sockets) {
    const sentAt: number[] = [];
    const send = (): void => {
      sentAt.push(performance.now());
      socket.write(frames.length === 1 ? frames[0]! : frames[(Math.random() * frames.length) | 0]!);
    };
    let owed = 0;
    const refill = (): void => {
      // All the answers of one packet are replaced by one packet of calls, as a client that pipelines does.
      socket.cork();
      for (; owed > 0; owed--) send();
      socket.uncork();
    };
    socket.onMessage = (payload) => {
      const began = sentAt.shift()!;
      if (sampling && answered % 8 === 0) latencies.push(performance.now() - began);
      answered++;
      if (order.path !== "/" && !isResult(payload)) refused++;
      if (!running) return;
      if (owed++ === 0) queueMicrotask(refill);
    };
    owed = order.depth;
    refill();
  }

  await wait(order.warmupMs);
  const before = answered;
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  sampling = true;
  await wait(order.measureMs);
  const seconds = (performance.now() - began) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const calls = answered - before;
  running = false;
  for (const socket of sockets) socket.close();
  latencies.sort((a, b) => a - b);
  return {
    callsPerSecond: calls / seconds,
    answered,
    refused,
    p50Ms: latencies[Math.floor(latencies.length * 0.5)] ?? 0,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
    cpu: (cpu.user + cpu.system) / 1e6 / seconds,
  };
}

async function open(order: LoadOrder): Promise<RawSocket> {
  const socket = await RawSocket.open(order.port, order.path);
  await new Promise<void>((resolve) => {
    socket.onMessage = () => resolve();
    socket.write(clientFrame(encode([])));
  });
  return socket;
}

function isResult(payload: Buffer): boolean {
  return payload[1] === RESULT[0] && payload[2] === RESULT[1] && payload[3] === RESULT[2] && payload[4] === RESULT[3];
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
