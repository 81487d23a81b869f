import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkMessage } from "../../../runtime/wire/check-message.js";
import {
  decodeMessage,
  encodeMessage,
  joinArray,
  MAX_DEPTH,
  readClientFrame,
  readHandshake,
  readServerFrame,
  WireError,
  writeCall,
  writeClock,
  writeClockRequest,
  writeEvent,
  writeFailure,
  writeHandshake,
  writeNotSubscribed,
  writeOnce,
  writeRejection,
  writeResponse,
  writeSubscribe,
  writeUnsubscribe,
} from "../../../runtime/wire/frames.js";
import { MessagePackWriter } from "../../../runtime/wire/message-pack-writer.js";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("the handshake", () => {
  it("of jsonb alone is the empty array, one byte", () => {
    expect(hex(writeHandshake([]))).toBe("90");
    expect(readHandshake(Uint8Array.of(0x90))).toStrictEqual([]);
  });

  it("carries a bin for each other layer", () => {
    const entries = [new Uint8Array(0), Uint8Array.of(1, 2)];
    expect(readHandshake(writeHandshake(entries))).toStrictEqual(entries);
  });

  it.each([[null], [{}], [[1]], [["text"]]])("refuses %j", (value) => {
    expect(() => readHandshake(encode(value))).toThrow(WireError);
  });
});

describe("frames of a client", () => {
  it("round-trip", () => {
    const args = new MessagePackWriter();
    args.float64(1);
    args.string("a");
    const bytes = args.finish();
    const id = new Uint8Array(24).fill(7);
    const query = {
      kind: "range",
      table: "T",
      index: "a,b",
      left: [1],
      right: null,
      limit: 5,
      desc: true,
      force: false,
    } as const;
    const get = { kind: "get", table: "T:S", index: "id", value: 2n ** 60n } as const;
    expect(readClientFrame(writeCall("move_to", bytes, 2))).toStrictEqual({
      kind: "rpc",
      name: "move_to",
      args: [1, "a"],
    });
    expect(readClientFrame(writeOnce(id, "buy", bytes, 2))).toStrictEqual({
      kind: "once",
      id,
      name: "buy",
      args: [1, "a"],
    });
    expect(readClientFrame(writeSubscribe(query))).toStrictEqual({ kind: "sub", query });
    expect(readClientFrame(writeSubscribe(get))).toStrictEqual({ kind: "sub", query: get });
    expect(readClientFrame(writeUnsubscribe("T.x"))).toStrictEqual({ kind: "unsub", subscription: "T.x" });
    expect(readClientFrame(writeClockRequest())).toStrictEqual({ kind: "clock" });
    expect(readClientFrame(encode(["motd"]))).toStrictEqual({ kind: "motd" });
  });

  it("keep a whole float a float", () => {
    const args = new MessagePackWriter();
    args.float64(1);
    expect(hex(writeCall("f", args.finish(), 1))).toBe("93a3727063a166cb3ff0000000000000");
  });

  it("take more than fifteen arguments", () => {
    const args = new MessagePackWriter();
    const values = Array.from({ length: 300 }, (_, at) => at);
    for (const value of values) args.int(value);
    expect(readClientFrame(writeCall("f", args.finish(), 300))).toMatchObject({ args: values });
  });

  it("of sub have hetu.1's defaults: limit 10, ascending, forced", () => {
    expect(readClientFrame(encode(["sub", "T", "range", "x", 1, null]))).toStrictEqual({
      kind: "sub",
      query: { kind: "range", table: "T", index: "x", left: 1, right: null, limit: 10, desc: false, force: true },
    });
  });

  it("of sub take flags as 0 and 1 and a limit of 64 bits", () => {
    const frame = readClientFrame(encodeMessage(["sub", "T", "range", "x", 1, 2, -1n, 1, 0]));
    expect(frame).toMatchObject({ query: { limit: -1, desc: true, force: false } });
  });

  it.each([
    ["no array", { rpc: 1 }],
    ["an unknown kind", ["hello"]],
    ["no kind", []],
    ["a call without a name", ["rpc", 5]],
    ["an id that is too short", ["once", new Uint8Array(23), "buy"]],
    ["an id that is text", ["once", "x".repeat(24), "buy"]],
    ["a sub of neither kind", ["sub", "T", "all", "x"]],
    ["a sub without an index", ["sub", "T", "get", null, 1]],
    ["a limit that is text", ["sub", "T", "range", "x", 1, 2, "all"]],
    ["a flag that is a number", ["sub", "T", "range", "x", 1, 2, 3, 4]],
    ["an unsub of nothing", ["unsub", null]],
  ])("with %s are refused", (_name, value) => {
    expect(() => readClientFrame(encode(value))).toThrow(WireError);
  });
});

describe("frames of a server", () => {
  it("round-trip", () => {
    const fields = encodeMessage({ need: 5 });
    expect(readServerFrame(writeResponse(encodeMessage("ok")))).toStrictEqual({ kind: "rsp", value: "ok" });
    expect(readServerFrame(writeRejection("buy", "RATE_LIMITED"))).toStrictEqual({
      kind: "rej",
      name: "buy",
      code: "RATE_LIMITED",
      fields: undefined,
    });
    expect(readServerFrame(writeRejection("buy", "NotEnough", fields))).toStrictEqual({
      kind: "rej",
      name: "buy",
      code: "NotEnough",
      fields: { need: 5 },
    });
    expect(readServerFrame(writeFailure("buy", "INTERNAL"))).toStrictEqual({
      kind: "err",
      name: "buy",
      reason: "INTERNAL",
    });
    expect(readServerFrame(writeEvent("Shout", fields))).toStrictEqual({
      kind: "evt",
      name: "Shout",
      value: { need: 5 },
    });
    expect(readServerFrame(writeClock(1_700_000_000_000))).toStrictEqual({ kind: "clock", time: 1_700_000_000_000 });
    for (const kind of ["get", "range"] as const) {
      expect(readServerFrame(writeNotSubscribed(kind))).toStrictEqual({
        kind: "sub",
        subscription: undefined,
        rows: [],
      });
    }
  });

  it("of HeTu's shape have three elements in a rejection without fields", () => {
    expect(hex(writeRejection("f", "C"))).toBe("93a372656aa166a143");
    expect(hex(writeNotSubscribed("get"))).toBe("93a3737562c0c0");
    expect(hex(writeNotSubscribed("range"))).toBe("93a3737562c090");
  });

  it("of sub give rows whether they were asked for one by one or as a range", () => {
    const row = { id: 1, x: 2 };
    expect(readServerFrame(encode(["sub", "S", row]))).toMatchObject({ subscription: "S", rows: [row] });
    expect(readServerFrame(encode(["sub", "S", [row, row]]))).toMatchObject({ subscription: "S", rows: [row, row] });
  });

  it("of updt have ids as bigint, also beyond 2^53", () => {
    const big = 2n ** 62n + 1n;
    const map = Buffer.concat([
      Buffer.from([0x82]),
      encodeMessage(big),
      encodeMessage({ x: 1 }),
      encodeMessage(5),
      encodeMessage(null),
    ]);
    const frame = readServerFrame(joinArray(3, encodeMessage("updt"), encodeMessage("S"), map));
    expect(frame).toStrictEqual({
      kind: "updt",
      subscription: "S",
      rows: new Map<bigint, unknown>([
        [5n, undefined],
        [big, { x: 1 }],
      ]),
    });
  });

  it("that are not known are told apart from garbage", () => {
    expect(readServerFrame(encode(["news", 1]))).toStrictEqual({ kind: "other" });
  });

  it.each([
    ["no array", 5],
    ["an update of nothing", ["updt", null, {}]],
    ["an update without rows", ["updt", "S", [1]]],
    ["an update with a key that is no id", ["updt", "S", { a: null }]],
    ["a subscription with a number for an id", ["sub", 5, []]],
    ["rows that are no maps", ["sub", "S", [5]]],
  ])("with %s are refused", (_name, value) => {
    expect(() => readServerFrame(encode(value))).toThrow(WireError);
  });
});

describe("decoding", () => {
  it("gives 64-bit integers as bigint and shorter ones as number", () => {
    expect(decodeMessage(encodeMessage([1, 2n ** 40n, -1]))).toStrictEqual([1, 2n ** 40n, -1]);
  });

  it("takes whatever the encoder gives", () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: false,
          maxDepth: 5,
          key: fc.string({ unit: "binary" }).filter((key) => key !== "__proto__"),
          values: [fc.integer(), fc.double(), fc.string(), fc.boolean(), fc.constant(null), fc.uint8Array()],
        }),
        (value) => {
          expect(() => checkMessage(encode(value), MAX_DEPTH)).not.toThrow();
        },
      ),
    );
  });

  it("never fails in another way than with WireError, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          readClientFrame(bytes);
          readServerFrame(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("refuses every message that is cut off or goes on", () => {
    const whole = encodeMessage([
      "sub",
      "T",
      { a: [1.5, "text", new Uint8Array(300), 2n ** 50n], b: null },
      -500,
      70_000,
    ]);
    for (let length = 0; length < whole.length; length++) {
      expect(() => checkMessage(whole.subarray(0, length), MAX_DEPTH)).toThrow(WireError);
    }
    expect(() => checkMessage(Buffer.concat([whole, Uint8Array.of(0)]), MAX_DEPTH)).toThrow(
      "1 bytes follow the message",
    );
  });

  it.each([
    ["array32", [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ["map32", [0xdf, 0xff, 0xff, 0xff, 0xff]],
    ["array16", [0xdc, 0xff, 0xff]],
    ["map16", [0xde, 0xff, 0xff]],
  ])("refuses an %s that announces more than the message has room for", (_name, head) => {
    expect(() => decodeMessage(Uint8Array.from([...head, 0, 0]))).toThrow(/announces \d+ values/);
  });

  it("refuses nesting beyond the limit, and takes it up to there", () => {
    const nested = (depth: number): Uint8Array => Uint8Array.from([...Array<number>(depth).fill(0x91), 0xc0]);
    expect(() => decodeMessage(nested(MAX_DEPTH))).not.toThrow();
    expect(() => decodeMessage(nested(MAX_DEPTH + 1))).toThrow(`nested deeper than ${MAX_DEPTH}`);
    expect(() => decodeMessage(nested(500_000))).toThrow(WireError);
  });

  it.each([
    ["an extension", [0xd4, 0x01, 0x00]],
    ["a timestamp", [0xd6, 0xff, 0, 0, 0, 0]],
    ["the byte that means nothing", [0xc1]],
    ["nothing at all", []],
    ["a map with a key of nil", [0x81, 0xc0, 0xc0]],
    ["a map that sets __proto__", [0x81, 0xa9, ...Buffer.from("__proto__"), 0xc0]],
  ])("refuses %s", (_name, bytes) => {
    expect(() => decodeMessage(Uint8Array.from(bytes))).toThrow(WireError);
  });
});
