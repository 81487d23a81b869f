import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeMessage, WireError } from "../../../../runtime/wire/frames.js";
import {
  maskLength,
  readClientFrames,
  readDelta,
  readServerFrames,
  type WireDescription,
  writeCall,
  writeCaughtUp,
  writeClock,
  writeClockRequest,
  writeDelta,
  writeEvent,
  writeFailure,
  writeHello,
  writeOnce,
  writePage,
  writePing,
  writePong,
  writeRead,
  writeRefused,
  writeRejection,
  writeResult,
  writeSubscribe,
  writeSubscribed,
  writeUnsubscribe,
  writeUpdate,
  writeWelcome,
} from "../../../../runtime/wire/hetu2/frames.js";
import { MessagePackWriter } from "../../../../runtime/wire/message-pack-writer.js";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

function delta(updates: readonly unknown[][], inserts: readonly unknown[][], deletes: readonly bigint[]): Uint8Array {
  const writer = new MessagePackWriter();
  writeDelta(writer, updates.map(encodeMessage), inserts.map(encodeMessage), deletes);
  return writer.finish();
}

const reference = fc.oneof(fc.nat(), fc.string());
const id = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const bound = fc.oneof(fc.constant(null), fc.integer(), fc.string(), fc.array(fc.integer(), { maxLength: 3 }));
const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const position = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const query = {
  component: reference,
  index: reference,
  left: bound,
  right: bound,
  limit: fc.integer(),
  desc: fc.boolean(),
};
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

describe("frames of a client", () => {
  it("round-trip, however many are in one message", () => {
    const frame = fc.oneof(
      fc.record({
        kind: fc.constant("hello" as const),
        fingerprint: optional(bytes(32)),
        resume: optional(fc.record({ token: bytes(16), position })),
      }),
      fc.record({ kind: fc.constant("call" as const), callable: reference, args: fc.array(fc.integer()) }),
      fc.record({
        kind: fc.constant("once" as const),
        callable: reference,
        id: bytes(24),
        args: fc.array(fc.string()),
      }),
      fc.record({ kind: fc.constant("subscribe" as const), ...query, held: optional(fc.array(id)) }),
      fc.record({ kind: fc.constant("unsubscribe" as const), subscription: position }),
      fc.record({
        kind: fc.constant("read" as const),
        ...query,
        after: optional(fc.uint8Array()),
        count: fc.boolean(),
      }),
      fc.record({ kind: fc.constantFrom("clock" as const, "ping" as const) }),
    );
    const write = (one: typeof frame extends fc.Arbitrary<infer F> ? F : never): Uint8Array => {
      switch (one.kind) {
        case "hello":
          return writeHello(one);
        case "call":
          return writeCall(one.callable, joined(...one.args.map(encodeMessage)), one.args.length);
        case "once":
          return writeOnce(one.callable, one.id, joined(...one.args.map(encodeMessage)), one.args.length);
        case "subscribe":
          return writeSubscribe(one);
        case "unsubscribe":
          return writeUnsubscribe(one.subscription);
        case "read":
          return writeRead(one);
        case "clock":
          return writeClockRequest();
        case "ping":
          return writePing();
      }
    };
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 5 }), (frames) => {
        expect(readClientFrames(joined(...frames.map(write)))).toEqual(frames);
      }),
    );
  });

  it("have the bytes that the protocol says", () => {
    expect(hex(writeHello({ fingerprint: undefined, resume: undefined }))).toBe("9300c0c0");
    expect(hex(writeCall(3, Uint8Array.of(1, 2), 2))).toBe("94010301" + "02");
    expect(hex(writeCall("pay", new Uint8Array(0), 0))).toBe("9201a3706179");
    const everything = { component: 0, index: 1, left: 5, right: null, limit: 10, desc: false };
    expect(hex(writeSubscribe({ ...everything, held: undefined }))).toBe("970300" + "0105c00ac2");
    expect(hex(writeSubscribe({ ...everything, held: [] }))).toBe("980300" + "0105c00ac290");
    expect(hex(writeUnsubscribe(7))).toBe("920407");
    expect(hex(writeRead({ ...everything, after: undefined, count: true }))).toBe("990500" + "0105c00ac2c0c3");
    expect(hex(writeClockRequest())).toBe("9106");
    expect(hex(writePing())).toBe("9107");
  });

  it.each([
    ["nothing", new Uint8Array(0)],
    ["no array", encode(1)],
    ["an empty array", encode([])],
    ["an unknown kind", encode([8])],
    ["a kind of hetu.1", encode(["rpc", "x"])],
    ["a fingerprint of another length", encode([0, new Uint8Array(31), null])],
    ["a token of another length", encode([0, null, [new Uint8Array(15), 1]])],
    ["a negative position", encode([0, null, [new Uint8Array(16), -1]])],
    ["a callable that is neither number nor name", encode([1, null])],
    ["a negative number for a name", encode([1, -1])],
    ["an id of a once call of another length", encode([2, 1, new Uint8Array(23)])],
    ["a limit that is none", encode([3, 0, 0, 1, null, 1.5, false])],
    ["a subscription without a limit", encode([3, 0, 0, 1, null])],
    ["held that is no list", encode([3, 0, 0, 1, null, 1, false, 5])],
    ["held with a text", encode([3, 0, 0, 1, null, 1, false, ["1"]])],
    ["an unsubscription without a number", encode([4])],
    ["a cursor that is not binary", encode([5, 0, 0, 1, null, 1, false, "x", false])],
    ["a frame cut off behind a whole one", joined(writePing(), Uint8Array.of(0x92, 0x04))],
    ["an extension", encode([1, 1, new Date()])],
  ])("are refused when there is %s", (_what, message) => {
    expect(() => readClientFrames(message)).toThrow(WireError);
  });

  it("never make the reader throw anything but WireError, whatever comes", () => {
    const mangled = fc
      .tuple(fc.uint8Array({ maxLength: 64 }), fc.nat(8))
      .map(([tail, kind]) => joined(Uint8Array.of(0x90 | (tail.length % 16), kind), tail));
    fc.assert(
      fc.property(fc.oneof(mangled, fc.uint8Array({ maxLength: 64 })), (message) => {
        for (const read of [readClientFrames, readServerFrames]) {
          try {
            read(message);
          } catch (error) {
            expect(error).toBeInstanceOf(WireError);
          }
        }
      }),
      { numRuns: 5000 },
    );
  });
});

const description: WireDescription = [
  [["Place", [["x", "f32"]], ["x", "x,y"]]],
  [["go", ["i32", "string?"], ""]],
  [["Full", [["need", "i32"]]]],
  [["Shout", []]],
];

describe("frames of a server", () => {
  it("round-trip, one after the other in one message", () => {
    const welcome = { time: 1_700_000_000_000, token: new Uint8Array(16).fill(3), resumeWindow: 10_000 };
    const rows = encodeMessage([
      [1n, "a"],
      [2, null],
    ]);
    const change = (subscription: number, one: Uint8Array): Uint8Array => joined(encodeMessage(subscription), one);
    const message = joined(
      writeWelcome({ ...welcome, description, resumed: true }),
      writeWelcome({ time: 1, description: undefined, token: undefined, resumeWindow: 0, resumed: false }),
      writeResult(undefined),
      writeResult(encodeMessage(null)),
      writeRejection("ABORTED"),
      writeRejection(2, encodeMessage({ need: 1 })),
      writeFailure("INTERNAL"),
      writeSubscribed(5, 77, rows),
      writeCaughtUp(5, 78, delta([], [[9n, "b"]], [])),
      writeRefused("FORBIDDEN", "why"),
      writeUpdate(79, [change(5, delta([[0b101, 4n, 1, "x"]], [], [])), change(6, delta([], [], [7n]))]),
      writeEvent(0, encodeMessage({})),
      writeEvent("Secret", encodeMessage({ a: 1 })),
      writePage(rows, 12, Uint8Array.of(1)),
      writePage(encodeMessage([]), undefined, undefined),
      writeClock(8),
      writePong(),
      encodeMessage([99, "later"]),
    );
    expect(readServerFrames(message)).toStrictEqual([
      { kind: "welcome", ...welcome, description, resumed: true },
      { kind: "welcome", time: 1, description: undefined, token: undefined, resumeWindow: 0, resumed: false },
      { kind: "result", value: undefined },
      { kind: "result", value: null },
      { kind: "rejection", code: "ABORTED", fields: undefined },
      { kind: "rejection", code: 2, fields: { need: 1 } },
      { kind: "failure", reason: "INTERNAL" },
      {
        kind: "subscribed",
        subscription: 5,
        position: 77,
        rows: [
          [1n, "a"],
          [2, null],
        ],
      },
      {
        kind: "caughtUp",
        subscription: 5,
        position: 78,
        delta: { updates: [], inserts: [[9n, "b"]], deletes: [] },
      },
      { kind: "refused", code: "FORBIDDEN", reason: "why" },
      {
        kind: "update",
        position: 79,
        changes: [
          {
            subscription: 5,
            delta: { updates: [{ mask: 0b101, id: 4n, values: [1, "x"] }], inserts: [], deletes: [] },
          },
          { subscription: 6, delta: { updates: [], inserts: [], deletes: [7n] } },
        ],
      },
      { kind: "event", event: 0, value: {} },
      { kind: "event", event: "Secret", value: { a: 1 } },
      {
        kind: "page",
        rows: [
          [1n, "a"],
          [2, null],
        ],
        count: 12,
        next: Uint8Array.of(1),
      },
      { kind: "page", rows: [], count: undefined, next: undefined },
      { kind: "clock", time: 8 },
      { kind: "pong" },
      { kind: "other" },
    ]);
  });

  it("have the bytes that the protocol says", () => {
    expect(hex(writeResult(undefined))).toBe("9101");
    expect(hex(writeResult(Uint8Array.of(5)))).toBe("920105");
    expect(hex(writeUpdate(300, [Uint8Array.of(1, 0x90)]))).toBe("9407cd012c0190");
    expect(hex(writePong())).toBe("910b");
  });

  it.each([
    ["an update without a delta", encode([7, 1, 2])],
    ["a delta that is none", encode([7, 1, 2, 3])],
    ["a row that is none", encode([4, 1, 1, [5]])],
    ["a value too few for the mask", encode([7, 1, 2, [[[0b11, 5, 1]]]])],
    ["a value too many for the mask", encode([7, 1, 2, [[[0b1, 5, 1, 2]]]])],
    ["a mask of 33 bits", encode([7, 1, 2, [[[2 ** 32, 5, 1]]]])],
    ["a description that is none", encode([0, 1, [1], null, 1, false])],
    ["no resumed", encode([0, 1, null, null, 1])],
  ])("are refused when there is %s", (_what, message) => {
    expect(() => readServerFrames(message)).toThrow(WireError);
  });

  it("may carry more updates of subscriptions than a short array has room for", () => {
    const changes = Array.from({ length: 40_000 }, () => Uint8Array.of(1, 0x90));
    const [frame] = readServerFrames(writeUpdate(1, changes));
    expect(frame?.kind === "update" && frame.changes.length).toBe(40_000);
  });
});

describe("a delta", () => {
  it("leaves out the empty lists at its end", () => {
    expect(hex(delta([], [], []))).toBe("90");
    expect(hex(delta([[1, 2, 3]], [], []))).toBe("9191930102" + "03");
    expect(hex(delta([], [[1]], []))).toBe("9290919101");
    expect(hex(delta([], [], [1n]))).toBe("9390909101");
    expect(readDelta([])).toStrictEqual({ updates: [], inserts: [], deletes: [] });
  });

  it("counts the bits of every mask", () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffff_ffff }), (mask) => {
        expect(maskLength(mask)).toBe([...mask.toString(2)].filter((bit) => bit === "1").length);
      }),
    );
    expect(maskLength(0xffff_ffff)).toBe(32);
  });
});
