import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSequence, encodeMessage, WireError } from "../../runtime/wire/frames.js";
import { asHetu1 } from "../../templates/client-ts/protocol/hetu1-values.js";
import { Hetu2 } from "../../templates/client-ts/protocol/hetu2.js";
import { MessagePackWriter } from "../../templates/client-ts/wire.js";
import { $wire } from "../fixtures/world/generated/client-ts/world/wire.js";

/** A value as the client's writers write it. */
type Value =
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "float32" | "float64" | "int"; readonly value: number }
  | { readonly kind: "bigint"; readonly value: bigint }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "bin"; readonly value: Uint8Array }
  | { readonly kind: "nil" }
  | { readonly kind: "array" | "map"; readonly values: readonly Value[] };

const of = <Kind extends string, T>(kind: Kind, value: fc.Arbitrary<T>) =>
  fc.record({ kind: fc.constant(kind), value });
const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    of("bool", fc.boolean()),
    of("float32", fc.float({ noNaN: true })),
    of("float64", fc.double({ noNaN: true })),
    of("int", fc.maxSafeInteger()),
    of("bigint", fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })),
    of("string", fc.string({ unit: "binary", maxLength: 300 })),
    of("bin", fc.uint8Array({ maxLength: 300 })),
    fc.constant<Value>({ kind: "nil" }),
    fc.record({
      kind: fc.constantFrom("array" as const, "map" as const),
      values: fc.array(tie("value"), { maxLength: 20 }),
    }),
  ),
}));

/** @param isHetu1 whether as hetu.1 has it. */
function write(writer: MessagePackWriter, value: Value, isHetu1: boolean): void {
  switch (value.kind) {
    case "bool":
      if (isHetu1) writer.int(value.value ? 1 : 0);
      else writer.bool(value.value);
      return;
    case "float32":
      if (isHetu1) writer.float64(value.value);
      else writer.float32(value.value);
      return;
    case "nil":
      writer.nil();
      return;
    case "array":
      writer.arrayHeader(value.values.length);
      for (const each of value.values) write(writer, each, isHetu1);
      return;
    case "map":
      writer.mapHeader(value.values.length);
      for (const [at, each] of value.values.entries()) {
        writer.string(`field_${at}`);
        write(writer, each, isHetu1);
      }
      return;
    case "float64":
      writer.float64(value.value);
      return;
    case "int":
      writer.int(value.value);
      return;
    case "bigint":
      writer.bigint(value.value);
      return;
    case "string":
      writer.string(value.value);
      return;
    case "bin":
      writer.bin(value.value);
  }
}

function encoded(values: readonly Value[], isHetu1: boolean): Uint8Array {
  const writer = new MessagePackWriter();
  for (const value of values) write(writer, value, isHetu1);
  return writer.finish();
}

describe("arguments on hetu.1", () => {
  it("are those of hetu.2 with booleans as 0 and 1 and floats of 32 bits as float64, byte for byte", () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 5 }), (values) => {
        expect(asHetu1(encoded(values, false))).toStrictEqual(encoded(values, true));
      }),
      { numRuns: 500 },
    );
  });

  it("are the same bytes when there is nothing to change", () => {
    const bytes = encodeMessage(["a", 1, null]);
    expect(asHetu1(bytes)).toBe(bytes);
  });
});

describe("what a server of hetu.2 sends", () => {
  const part = fc.oneof(
    fc.integer({ min: -1, max: 40 }),
    fc.constantFrom(null, true, "FORBIDDEN", 1.5, [], [[]], [[[1, 1, 5]], [[1, 2, 3]], [4]], {}),
    fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }), { maxLength: 3 }),
    fc.uint8Array({ maxLength: 20 }),
  );
  const frame = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.array(part, { maxLength: 5 }));

  it("is read, or refused with WireError, whatever it is", () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 6 }), fc.uint8Array({ maxLength: 8 }), (frames, garbage) => {
        const protocol = new Hetu2($wire, undefined);
        const welcome = encodeMessage([0, 1, null, null, 0, false]);
        const rest = frames.map(([kind, parts]) => encodeMessage([kind, ...parts]));
        protocol.read(welcome);
        protocol.writeSubscribe(
          { component: "Account", index: "number", left: 1, right: 2, limit: 1, desc: false },
          undefined,
        );
        for (const message of [...rest, garbage]) {
          try {
            expect(protocol.read(message)).toHaveLength(decodeSequence(message).length);
          } catch (error) {
            expect(error).toBeInstanceOf(WireError);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
