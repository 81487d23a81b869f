import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { encodeMessage } from "../../../runtime/wire/frames.js";
import { WireClient } from "./wire-client.js";
import { startWorld } from "./world-server.js";

const FRAMES = 100_000;
const FUZZERS = 8;

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

const VALID = [
  ["rpc", "echo", "hello"],
  ["rpc", "transfer", 1, 2, 3],
  ["rpc", "login", 5],
  ["sub", "Account", "range", "number", 1, 5, 10, false, true],
  ["sub", "Thing", "get", "owner", 4],
  ["unsub", "Account.number[1:5:1][:10]"],
  ["clock"],
  ["once", new Uint8Array(24), "buy", 1, 1],
] as const;

const NAMES = [
  "echo",
  "transfer",
  "login",
  "rare",
  "slow",
  "",
  "__proto__",
  "constructor",
  "no such",
  "x".repeat(5000),
];
const TABLES = ["Thing", "Account", "Inventory", "Inventory:Shop", "Nope", "toString", ""];
const INDEXES = ["id", "owner", "number", "team,f32_value", "name,i16_value", "nope", "__proto__", ""];

/** Values that fit nowhere. */
function oddValue(pick: (below: number) => number, depth = 0): unknown {
  switch (pick(16)) {
    case 0:
      return null;
    case 1:
      return pick(2) === 0;
    case 2:
      return -pick(1 << 30);
    case 3:
      return BigInt(pick(1 << 30)) << 33n;
    case 4:
      return NaN;
    case 5:
      return Infinity;
    case 6:
      return 0.1;
    case 7:
      return "";
    case 8:
      return "(";
    case 9:
      return "[\u{1F600}".repeat(pick(20));
    case 10:
      return new Uint8Array(pick(40));
    case 11:
      return { __proto__: null, toString: 1, length: -1, [`k${pick(5)}`]: depth < 4 ? oddValue(pick, depth + 1) : 1 };
    case 12:
      return -(2n ** 63n);
    case 13:
      return 2n ** 64n - 1n;
    default:
      return depth < 4 ? Array.from({ length: pick(4) }, () => oddValue(pick, depth + 1)) : 0;
  }
}

/** A frame of a wrong kind, and whether the server must close the connection for it. */
function malformed(pick: (below: number) => number): { bytes: Uint8Array; closes: boolean } {
  const one = <T>(list: readonly T[]): T => list[pick(list.length)] as T;
  const values = (): unknown[] => Array.from({ length: pick(6) }, () => oddValue(pick));
  switch (pick(40)) {
    case 0:
      return { bytes: randomBytes(1 + pick(64)), closes: true };
    case 1: {
      const bytes = encodeMessage(one(VALID));
      return { bytes: bytes.subarray(0, 1 + pick(bytes.length - 1)), closes: true };
    }
    case 2:
      // Four billion elements, and a string of as many bytes.
      return { bytes: Uint8Array.from([one([0xdd, 0xdf, 0xdb, 0xc6]), 0xff, 0xff, 0xff, 0xff, 0x01]), closes: true };
    case 3:
      return { bytes: new Uint8Array(1 + pick(20_000)).fill(0x91), closes: true };
    case 4:
      return { bytes: encodeMessage(oddValue(pick)), closes: true };
    case 5:
      return { bytes: encodeMessage([oddValue(pick), ...values()]), closes: true };
    case 6: {
      const bytes = encodeMessage(one(VALID)).slice();
      bytes[pick(bytes.length)] = pick(256);
      return { bytes, closes: true };
    }
    case 7:
    case 8:
    case 9:
    case 10:
    case 11:
    case 12:
    case 13:
    case 14:
    case 15:
    case 16:
      return {
        bytes: encodeMessage(["sub", one(TABLES), one(["get", "range"]), one(INDEXES), oddValue(pick), oddValue(pick)]),
        closes: false,
      };
    case 17:
    case 18:
    case 19:
      return { bytes: encodeMessage(["unsub", one(["", "x", "Account.number[0:1:1][:10]"])]), closes: false };
    default:
      return { bytes: encodeMessage(["rpc", one(NAMES), ...values()]), closes: false };
  }
}

test("100,000 malformed frames neither stop the server, nor reach another client, nor fill the memory", async () => {
  const world = await startWorld({ limits: { messagesPerSecond: Infinity } });
  const before = process.memoryUsage().rss;
  let over = false;
  const bystander = await WireClient.open(world.port);
  const bystanding = (async () => {
    let calls = 0;
    for (; !over; calls++) expect(await bystander.call("echo", `${calls}`)).toEqual(["rsp", `${calls}`]);
    return calls;
  })();

  const { counters } = world.server;
  const fuzz = async (seed: number): Promise<void> => {
    const pick = numbers(seed);
    while (counters.receivedMessages < FRAMES) {
      const client = await WireClient.open(world.port);
      let open = true;
      void client.closed.then(() => (open = false));
      client.socket.removeAllListeners("message");
      for (let sent = 1; open; sent++) {
        const { bytes, closes } = malformed(pick);
        client.raw(bytes);
        // Most random bytes are garbage, but some happen to be a frame.
        if (closes) await Promise.race([client.closed, new Promise((resolve) => setTimeout(resolve, 20))]);
        else if (sent % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
        if (counters.receivedMessages >= FRAMES) break;
      }
      client.socket.terminate();
    }
  };
  await Promise.all(Array.from({ length: FUZZERS }, (_, n) => fuzz(n + 1)));
  over = true;

  expect(await bystanding).toBeGreaterThan(0);
  expect(await bystander.call("echo", "unharmed")).toEqual(["rsp", "unharmed"]);
  expect(world.server.state).toBe("serving");
  expect(counters.closedConnections.get(1002)).toBeGreaterThan(1000);
  expect(counters.closedConnections.get(1011)).toBeUndefined();
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  await world.close();
}, 240_000);
