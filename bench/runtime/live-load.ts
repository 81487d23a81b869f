import { decode, encode } from "@msgpack/msgpack";
import { PLACES } from "./places.js";
import { clientFrame, RawSocket } from "./raw-socket.js";

/** The order of a process that watches and of the one that writes. */
export interface LiveOrder {
  readonly role: "watch" | "write";
  readonly port: number;
  readonly path: string;
  /** Watchers: how many connections. */
  readonly connections: number;
  /** Sent once by each connection after the handshake, as MessagePack values. */
  readonly greetings: readonly unknown[];
  /** Writer: changes sent a second; 0: as fast as they are answered, eight under way. */
  readonly rate: number;
  readonly warmupMs: number;
  readonly measureMs: number;
  /** Whether the server is the bare one, which is given the update to broadcast. */
  readonly bare: boolean;
}

export interface LiveReport {
  readonly perSecond: number;
  /** Median and 99th percentile of the way from the writer to a watcher; watchers only. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Every so many deliveries one is decoded for its delay. */
const SAMPLE_EVERY = 16;
const UNDER_WAY = 8;

process.on("message", (order: LiveOrder) => {
  const work = order.role === "watch" ? watch(order) : write(order);
  void work.then((report) => process.send!({ report }, () => process.disconnect()));
});

async function watch(order: LiveOrder): Promise<LiveReport> {
  let received = 0;
  let sampling = false;
  const delays: number[] = [];
  const sockets: RawSocket[] = [];
  for (let i = 0; i < order.connections; i++) {
    const socket = await greet(order);
    socket.onMessage = (payload) => {
      received++;
      if (sampling && received % SAMPLE_EVERY === 0) delays.push(now() - sentAt(payload));
    };
    sockets.push(socket);
  }
  process.send!({ ready: true });
  await wait(order.warmupMs);
  const before = received;
  const began = performance.now();
  sampling = true;
  await wait(order.measureMs);
  const seconds = (performance.now() - began) / 1000;
  const count = received - before;
  for (const socket of sockets) socket.close();
  delays.sort((a, b) => a - b);
  return {
    perSecond: count / seconds,
    p50Ms: delays[Math.floor(delays.length * 0.5)] ?? 0,
    p99Ms: delays[Math.floor(delays.length * 0.99)] ?? 0,
  };
}

async function write(order: LiveOrder): Promise<LiveReport> {
  const socket = await greet(order);
  let sent = 0;
  const send = (): void => {
    const place = sent++ % PLACES;
    const y = Math.random();
    socket.write(
      clientFrame(encode(order.bare ? ["broadcast", updateLike(place, y, now())] : ["rpc", "walk", place, y, now()])),
    );
  };
  const until = performance.now() + order.warmupMs + order.measureMs;
  if (order.rate === 0) {
    socket.onMessage = () => {
      if (performance.now() < until) send();
    };
    for (let i = 0; i < UNDER_WAY; i++) send();
    await wait(order.warmupMs + order.measureMs);
  } else {
    const began = performance.now();
    while (performance.now() < until) {
      while (sent < ((performance.now() - began) / 1000) * order.rate) send();
      await wait(1);
    }
  }
  socket.close();
  return { perSecond: sent / ((order.warmupMs + order.measureMs) / 1000), p50Ms: 0, p99Ms: 0 };
}

async function greet(order: LiveOrder): Promise<RawSocket> {
  const socket = await RawSocket.open(order.port, order.path);
  for (const greeting of [[], ...order.greetings]) {
    await new Promise<void>((resolve) => {
      socket.onMessage = () => resolve();
      socket.write(clientFrame(encode(greeting)));
    });
  }
  return socket;
}

/** The bytes of the runtime's own update of one row, for the bare broadcast. */
function updateLike(place: number, y: number, sent: number): Uint8Array {
  const id = 10_000_000_000_000_000n + BigInt(place);
  const options = { useBigInt64: true } as const;
  return Buffer.concat([
    Buffer.of(0x93),
    encode("updt"),
    encode("Spot.x[0:100:1][:100]"),
    Buffer.of(0x81),
    encode(id, options),
    encode({ id, place, x: place + 0.5, y, sent }, options),
  ]);
}

/** When the writer sent the change that this update tells of. The value of `sent` is the last float64 in the message. */
function sentAt(payload: Buffer): number {
  const message = decode(payload, { useBigInt64: true, mapKeyConverter: String }) as [
    string,
    string,
    Record<string, { sent: number } | null>,
  ];
  for (const row of Object.values(message[2])) if (row !== null) return row.sent;
  return Number.NaN;
}

/** Milliseconds since 1970 with a fraction, comparable between processes of one machine. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
