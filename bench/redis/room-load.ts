import { decode, encode } from "@msgpack/msgpack";
import { ROOMS } from "../runtime/places.js";
import { clientFrame, RawSocket } from "../runtime/raw-socket.js";
import { callFrame } from "../runtime/workload.js";

/** The order of the process whose clients watch rooms, and of the one that moves things in them. */
export interface RoomOrder {
  readonly role: "watch" | "write";
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  /** Watchers: rooms that each client watches, one live query each. */
  readonly rooms: number;
  /** Writers: changes a second of all connections together. */
  readonly rate: number;
  /** Rows of `Thing` that there are. */
  readonly things: number;
  /** Writers: for so long. */
  readonly ms: number;
}

/** What the watchers have seen since they were asked last. */
export interface RoomReport {
  readonly received: number;
  /** From the writer's send to the watcher's receipt, in ms. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Every so many deliveries one is decoded for its delay. */
const SAMPLE_EVERY = 4;
const LIMIT = 20;

process.on("message", (order: RoomOrder | "subscribe" | "report") => {
  if (typeof order === "object") void (order.role === "watch" ? connect(order) : write(order));
  else if (order === "subscribe") void subscribe();
  else process.send!(report());
});

let watching: { readonly order: RoomOrder; readonly sockets: readonly RawSocket[] } | undefined;
let received = 0;
let delays: number[] = [];

async function connect(order: RoomOrder): Promise<void> {
  watching = { order, sockets: await open(order) };
  process.send!("connected");
}

async function subscribe(): Promise<void> {
  const { order, sockets } = watching!;
  for (const [client, socket] of sockets.entries()) {
    for (let i = 0; i < order.rooms; i++) {
      const room = (client * order.rooms + i) % ROOMS;
      await answer(socket, encode(["sub", "Thing", "range", "room", room, room, LIMIT, false, true]));
    }
    socket.onMessage = (payload) => {
      if (received++ % SAMPLE_EVERY === 0) delays.push(now() - sentAt(payload));
    };
  }
  process.send!("subscribed");
}

function report(): RoomReport {
  delays.sort((a, b) => a - b);
  const seen = {
    received,
    p50Ms: delays[Math.floor(delays.length * 0.5)] ?? Number.NaN,
    p99Ms: delays[Math.floor(delays.length * 0.99)] ?? Number.NaN,
  };
  received = 0;
  delays = [];
  return seen;
}

async function write(order: RoomOrder): Promise<void> {
  const sockets = await open(order);
  let sent = 0;
  let answered = 0;
  for (const socket of sockets) socket.onMessage = () => void answered++;
  const began = performance.now();
  while (performance.now() - began < order.ms) {
    for (; sent < ((performance.now() - began) / 1000) * order.rate; sent++) {
      sockets[sent % sockets.length]!.write(callFrame("touch", Math.floor(Math.random() * order.things), now()));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  while (answered < sent) await new Promise((resolve) => setTimeout(resolve, 1));
  for (const socket of sockets) socket.close();
  process.send!({ sent }, () => process.disconnect());
}

function open({ connections, port, path }: RoomOrder): Promise<RawSocket[]> {
  return Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = await RawSocket.open(port, path);
      await answer(socket, encode([]));
      return socket;
    }),
  );
}

function answer(socket: RawSocket, message: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    socket.onMessage = () => resolve();
    socket.write(clientFrame(message));
  });
}

/** When the writer sent the newest change that this update tells of. */
function sentAt(payload: Buffer): number {
  const [, , rows] = decode(payload, { useBigInt64: true, mapKeyConverter: String }) as [
    string,
    string,
    Record<string, { sent: number } | null>,
  ];
  return Math.max(...Object.values(rows).map((row) => row?.sent ?? 0));
}

/** Milliseconds since 1970 with a fraction, comparable between processes of one machine. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
