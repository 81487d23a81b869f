import { decode, encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hetu1Form } from "../../../runtime/wire/hetu1-form.js";
import { MessagePackWriter } from "../../../runtime/wire/message-pack-writer.js";

describe("the form of hetu.1", () => {
  it("has 0 and 1 for booleans and float64 for float32, at any depth", () => {
    const writer = new MessagePackWriter();
    writer.arrayHeader(4);
    writer.bool(true);
    writer.float32(1.5);
    writer.mapHeader(1);
    writer.string("flag");
    writer.bool(false);
    writer.float64(2);
    const form = Buffer.from(hetu1Form(writer.finish())).toString("hex");
    expect(form).toBe("9401cb3ff800000000000081a4666c616700cb4000000000000000");
  });

  it("is the same bytes where there is neither", () => {
    const bytes = encode({ a: [1, "x", null, new Uint8Array(300), -5, 2.5, "y".repeat(70_000)] });
    expect(hetu1Form(bytes)).toBe(bytes);
  });

  it("changes nothing else in any value", () => {
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        fc.boolean(),
        fc.integer(),
        fc.double(),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
        fc.string({ maxLength: 80 }),
        fc.uint8Array({ maxLength: 300 }),
        fc.constant(null),
        fc.array(tie("tree"), { maxLength: 20 }),
        fc.dictionary(fc.string(), tie("tree"), { maxKeys: 20, noNullPrototype: true }),
      ),
    }));
    const options = { useBigInt64: true };
    const plain = (value: unknown): unknown => {
      if (typeof value === "boolean") return value ? 1 : 0;
      if (Array.isArray(value)) return value.map(plain);
      if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
      return Object.fromEntries(Object.entries(value).map(([key, member]: [string, unknown]) => [key, plain(member)]));
    };
    fc.assert(
      fc.property(tree, (value) => {
        const safe = encode(value, options);
        expect(decode(hetu1Form(safe), options)).toEqual(plain(decode(safe, options)));
      }),
    );
  });
});
