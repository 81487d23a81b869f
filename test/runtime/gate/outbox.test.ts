import { Duplex } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { GateCounters } from "../../../runtime/gate/counters.js";
import { DurabilityQueue } from "../../../runtime/gate/durability.js";
import { FlushQueue } from "../../../runtime/gate/flush-queue.js";
import { Hetu2Framing } from "../../../runtime/gate/hetu2-framing.js";
import { Outbox } from "../../../runtime/gate/outbox.js";
import { FrameBatch } from "../../../runtime/gate/websocket-frame.js";
import type { LiveUpdate } from "../../../runtime/live/contract.js";
import { encodeMessage } from "../../../runtime/wire/frames.js";
import { readServerFrames, writeUpdate } from "../../../runtime/wire/hetu2/server-frames.js";

/** A socket that keeps what it is given; a closed tap lets nothing through. */
class Pipe extends Duplex {
  readonly bytes: Buffer[] = [];
  #tap: (() => void) | undefined;
  open = true;

  override _read(): void {
    // Nothing comes in.
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.bytes.push(chunk);
    if (this.open) done();
    else this.#tap = done;
  }

  openTap(): void {
    this.open = true;
    this.#tap?.();
    this.#tap = undefined;
  }

  /** The messages that have left, read back as RFC 6455 frames. */
  messages(): Buffer[] {
    const all = Buffer.concat(this.bytes);
    const messages: Buffer[] = [];
    for (let at = 0; at < all.length;) {
      expect(all[at]).toBe(0x82);
      let size = all.readUInt8(at + 1);
      at += 2;
      if (size === 126) {
        size = all.readUInt16BE(at);
        at += 2;
      } else if (size === 127) {
        size = Number(all.readBigUInt64BE(at));
        at += 8;
      }
      messages.push(all.subarray(at, at + size));
      at += size;
    }
    return messages;
  }
}

function makeOutbox(durable: number, { socketBuffer = 1 << 20 } = {}) {
  const pipe = new Pipe();
  const durability = new DurabilityQueue(durable);
  const outbox = new Outbox(
    pipe,
    {
      durability,
      flushes: new FlushQueue(),
      batch: new FrameBatch(),
      counters: new GateCounters(),
      socketBuffer,
      maxBacklog: 1 << 24,
    },
    { onOverflow: () => undefined, onRoom: () => undefined },
  );
  return { pipe, durability, outbox };
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("messages leave in order, none before its position is durable, all once everything is", async () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("push" as const), ahead: fc.nat(5), size: fc.nat(300) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("durable" as const), by: fc.nat(4) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("tick" as const) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
      const { pipe, durability, outbox } = makeOutbox(0);
      const pushed: { position: number; size: number }[] = [];
      let next = 0;
      const check = (): void => {
        const left = pipe.messages();
        left.forEach((message, index) => {
          expect(message.readUInt16BE(0)).toBe(index);
          expect(message.length).toBe(pushed[index]?.size);
        });
        for (const { position } of pushed.slice(0, left.length))
          expect(position).toBeLessThanOrEqual(durability.position);
      };
      for (const each of steps) {
        if (each.kind === "push") {
          const message = Buffer.alloc(2 + each.size);
          message.writeUInt16BE(next++);
          const position = each.ahead === 5 ? 0 : durability.position + each.ahead;
          pushed.push({ position, size: message.length });
          outbox.push(message, position);
        } else if (each.kind === "durable") durability.advance(durability.position + each.by);
        else await tick();
        check();
      }
      durability.advance(1_000_000);
      await tick();
      check();
      expect(pipe.messages()).toHaveLength(pushed.length);
      expect(outbox.empty).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("messages of every size are framed, small ones together", async () => {
  const { pipe, outbox } = makeOutbox(0);
  const sizes = [0, 1, 125, 126, 127, 8191, 8192, 8193, 32_768, 65_535, 65_536, 200_000, 3];
  for (const size of sizes) outbox.push(Buffer.alloc(size, size & 0xff), 0);
  await tick();
  expect(pipe.messages().map((message) => message.length)).toEqual(sizes);
  pipe.messages().forEach((message, index) => {
    expect(message.every((byte) => byte === ((sizes[index] ?? 0) & 0xff))).toBe(true);
  });
});

test("many small messages of one tick are one write", async () => {
  const { pipe, outbox } = makeOutbox(0);
  for (let n = 0; n < 100; n++) outbox.push(Buffer.alloc(10), 0);
  await tick();
  expect(pipe.bytes).toHaveLength(1);
});

test("nothing leaves a closed outbox", async () => {
  const { pipe, outbox, durability } = makeOutbox(0);
  outbox.push(Buffer.alloc(1), 0);
  outbox.push(Buffer.alloc(1), 5);
  outbox.close();
  outbox.push(Buffer.alloc(1), 0);
  durability.advance(10);
  await tick();
  expect(pipe.bytes).toEqual([]);
});

test("on hetu.2 a transaction is never torn apart, wherever the socket is full", async () => {
  const change = fc.record({ position: fc.nat(2), size: fc.constantFrom(10, 3000, 9000, 20_000) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 40 }), async (changes) => {
      const { pipe, outbox } = makeOutbox(1_000_000, { socketBuffer: 12 * 1024 });
      outbox.framing = new Hetu2Framing();
      pipe.open = false;
      const numbers = new Map<number, number[]>();
      let position = 0;
      for (const [at, { position: ahead, size }] of changes.entries()) {
        position += ahead;
        numbers.set(position, [...(numbers.get(position) ?? []), at]);
        outbox.pushUpdate(updateOf(at, position, size));
      }
      await tick();
      while (!outbox.empty || pipe.writableLength > 0) {
        pipe.openTap();
        pipe.open = false;
        await tick();
      }
      const told = pipe.messages().flatMap((message) => readServerFrames(message));
      expect(
        told.map((frame) => frame.kind === "update" && [frame.position, frame.changes.map((one) => one.subscription)]),
      ).toEqual([...numbers]);
    }),
    { numRuns: 100 },
  );
});

/** What one transaction changes in one subscription, with a row of about this size. */
function updateOf(number: number, position: number, size: number): LiveUpdate {
  const rows = new Map([[1n, undefined]]);
  const hetu2 = Buffer.concat([encodeMessage(number), encodeMessage([[], [[1, "x".repeat(size)]]])]);
  const merge = (): never => {
    throw new Error("nothing is merged before the socket was seen to be full");
  };
  return {
    subscription: String(number),
    number,
    position,
    rows,
    hetu1: () => new Uint8Array(0),
    hetu2: () => hetu2,
    hetu2Frame: () => writeUpdate(position, [hetu2]),
    merge,
  };
}
