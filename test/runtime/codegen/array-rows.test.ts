import { decode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codegen } from "../../../runtime/index.js";
import type { Audience } from "../../../runtime/schema/component.js";
import { Inventory, Journal, Profile, schema, Thing } from "../../fixtures/world/generated/server-ts/world/index.js";
import { thingValues } from "./arbitraries.js";

const { MessagePackWriter } = codegen;
const writer = new MessagePackWriter();

type Codec = typeof Thing.$codec | typeof Profile.$codec | typeof Inventory.$codec;
type RowOf<C> = C extends codegen.ComponentCodec<infer R> ? R : never;

function arrayOf<C extends Codec>(codec: C, row: RowOf<C>, audience: Audience): unknown[] {
  (codec.array as codegen.ArrayCodec).writeRow(row, writer.reset(), audience);
  return decode(writer.finish(), { useBigInt64: true }) as unknown[];
}

/** A delta's update, applied to the row before as a client would. */
function patched(before: readonly unknown[], mask: number, values: readonly unknown[]): unknown[] {
  const row = [...before];
  let at = 0;
  for (let bit = 0; bit < 32; bit++) if ((mask & (2 ** bit)) !== 0) row[bit + 1] = values[at++];
  expect(at).toBe(values.length);
  return row;
}

function changes<C extends Codec>(codec: C, before: RowOf<C>, after: RowOf<C>, audience: Audience) {
  const array = codec.array as codegen.ArrayCodec;
  const mask = array.changed?.(before, after, audience) ?? 0;
  writer.reset();
  writer.arrayHeader([...mask.toString(2)].filter((bit) => bit === "1").length);
  array.writeColumns?.(after, mask, writer);
  return { mask, values: decode(writer.finish(), { useBigInt64: true }) as unknown[] };
}

describe("rows of hetu.2", () => {
  it("are the id and the columns in the order of the description", () => {
    const values = { owner: 3n, flag: true, f32Value: 0.5, at: 7, name: "é", team: "blue" } as const;
    const row = Thing.$codec.create(2n ** 40n, { ...values, data: Uint8Array.of(1) }, 0, false);
    expect(arrayOf(Thing.$codec, row, "public")).toStrictEqual([
      2n ** 40n,
      3,
      true,
      ...[0, 0, 0, 0, 0, 0, 0, 0],
      0.5,
      0,
      7,
      "é",
      5,
      Uint8Array.of(1),
    ]);
    expect(schema.wire.description[0][0]?.[1]).toHaveLength(Thing.$codec.columns.length);
  });

  it("have float32 for f32 and float64 for f64", () => {
    const row = Thing.$codec.create(1n, { owner: 1n, f32Value: 1, f64Value: 1, at: 0 }, 0, false);
    Thing.$codec.array?.writeRow(row, writer.reset(), "public");
    const hex = Buffer.from(writer.finish()).toString("hex");
    expect(hex).toContain("ca3f800000cb3ff0000000000000");
  });

  it("are the row after when the changed columns are put into the row before", () => {
    fc.assert(
      fc.property(thingValues, thingValues, fc.func(fc.boolean()), (a, b, keep) => {
        const mixed = Object.fromEntries(
          Object.entries(b).map(([name, value]) => [name, keep(name) ? a[name as keyof typeof a] : value]),
        );
        const before = Thing.$codec.create(1n, a, 0, false);
        const after = Thing.$codec.create(1n, mixed, 0, false);
        const { mask, values } = changes(Thing.$codec, before, after, "public");
        const result = patched(arrayOf(Thing.$codec, before, "public"), mask, values);
        expect(result).toStrictEqual(arrayOf(Thing.$codec, after, "public"));
      }),
    );
  });

  it("have changed nowhere when nothing has, NaN and 0 included", () => {
    fc.assert(
      fc.property(thingValues, (values) => {
        const row = (): Thing => Thing.$codec.create(1n, { ...values, f64Value: 0 }, 0, false);
        expect(Thing.$codec.array?.changed?.(row(), row(), "admin")).toBe(0);
      }),
    );
  });

  it("have nil in the columns of owners for everybody else, who do not hear of their changes either", () => {
    const { $codec } = Profile;
    const before = $codec.create(1n, { owner: 3n, name: "a", secret: "s" }, 0, false);
    const after = $codec.create(1n, { owner: 3n, name: "a", secret: "t" }, 0, false);
    expect(arrayOf($codec, before, "public")).toStrictEqual([1, 3, "a", null]);
    expect(arrayOf($codec, before, "owner")).toStrictEqual([1, 3, "a", "s"]);
    expect(arrayOf($codec, before, "admin")).toStrictEqual([1, 3, "a", "s"]);
    expect(changes($codec, before, after, "public").mask).toBe(0);
    expect(changes($codec, before, after, "owner")).toStrictEqual({ mask: 0b100, values: ["t"] });
  });

  it("lack the columns of admins, for admins too", () => {
    const { $codec } = Inventory;
    const before = $codec.create(1n, { owner: 3n, item: 4, source: "x" }, 0, false);
    const after = $codec.create(1n, { owner: 3n, item: 4, source: "y" }, 0, false);
    expect(arrayOf($codec, before, "admin")).toStrictEqual([1, 3, 4, 1]);
    expect(changes($codec, before, after, "admin").mask).toBe(0);
  });

  it("do not exist of components that only admins read", () => {
    expect("array" in Journal.$codec).toBe(false);
  });
});
