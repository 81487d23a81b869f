import { once } from "node:events";
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { encodeMessage } from "../../../runtime/wire/frames.js";
import { callable, component, Hetu2Client } from "./hetu2-client.js";
import { startWorld } from "./world-server.js";

const MESSAGES = 20_000;
const FUZZERS = 4;

/** A small deterministic generator: mulberry32, public domain by Tommy Ettinger. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1,
  7,
  300,
  2 ** 40,
  0.5,
  NaN,
  -Infinity,
  2n ** 63n,
  "",
  "(",
  "[5",
  "Journal",
  "Inventory:Shop",
  "__proto__",
  "toString",
  "x".repeat(3000),
  new Uint8Array(0),
  new Uint8Array(16),
  new Uint8Array(24),
  new Uint8Array(32),
  [],
  [null],
  [[], {}],
  { a: 1, __proto__: null },
];

/** A message out of frames of a known kind with odd values, of any bytes, or of a frame with some bytes changed. */
function message(pick: (below: number) => number): Uint8Array {
  const one = (): unknown => VALUES[pick(VALUES.length)];
  const frame = (): Uint8Array => {
    switch (pick(8)) {
      case 0:
        return encodeMessage([1, pick(2) === 0 ? pick(30) : one(), ...Array.from({ length: pick(4) }, one)]);
      case 1:
        return encodeMessage([3, component("Thing"), pick(20), one(), one(), 5, pick(2) === 0]);
      case 2:
        return encodeMessage([3, component("Account"), 0, 1, 9, pick(9), false, [1, 2n ** 60n, -1]]);
      case 3:
        return encodeMessage([
          5,
          component("Account"),
          pick(3),
          one(),
          one(),
          pick(9),
          false,
          new Uint8Array(pick(30)),
          true,
        ]);
      case 4:
        return encodeMessage([4, pick(50)]);
      case 5:
        return encodeMessage([pick(2) === 0 ? 6 : 7]);
      default:
        return encodeMessage([pick(10), ...Array.from({ length: pick(9) }, one)]);
    }
  };
  if (pick(30) === 0) return randomBytes(1 + pick(40));
  const bytes = Buffer.concat(Array.from({ length: 1 + pick(4) }, frame));
  if (pick(20) === 0) bytes[pick(bytes.length)] = pick(256);
  return bytes;
}

test("20,000 odd messages of hetu.2 neither stop the server nor reach another client", async () => {
  const world = await startWorld({ limits: { messagesPerSecond: Infinity }, wire: { resumeWindow: 50 } });
  const { counters } = world.server;
  let over = false;
  const bystander = await Hetu2Client.open(world.port);
  const bystanding = (async () => {
    let calls = 0;
    for (; !over; calls++) {
      expect(await bystander.call("echo", `${calls}`)).toEqual({ kind: "result", value: `${calls}` });
    }
    return calls;
  })();
  const fuzz = async (seed: number): Promise<void> => {
    const pick = numbers(seed);
    while (counters.receivedMessages < MESSAGES) {
      const client = new Hetu2Client(world.port);
      client.socket.removeAllListeners("message");
      await once(client.socket, "open");
      client.socket.send(Uint8Array.of(0x90));
      if (pick(20) > 0) client.raw(encodeMessage([0, null, pick(4) === 0 ? [randomBytes(16), 1] : null]));
      for (let sent = 1; client.socket.readyState === client.socket.OPEN && sent < 300; sent++) {
        client.raw(message(pick));
        if (sent % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
        if (counters.receivedMessages >= MESSAGES) break;
      }
      client.socket.terminate();
    }
  };
  await Promise.all(Array.from({ length: FUZZERS }, (_, n) => fuzz(n + 1)));
  over = true;
  expect(await bystanding).toBeGreaterThan(0);
  bystander.send(1, callable("echo"), "unharmed");
  expect(await bystander.next()).toEqual({ kind: "result", value: "unharmed" });
  expect(counters.closedConnections.get(1002)).toBeGreaterThan(100);
  expect(counters.closedConnections.get(1011)).toBeUndefined();
  await world.close();
}, 120_000);
