import { decode } from "@msgpack/msgpack";
import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { codegen, SchemaValueError } from "../../../runtime/index.js";
import type { Audience, ComponentCodec } from "../../../runtime/schema/component.js";
import {
  Account,
  Inventory,
  Notice,
  Online,
  Position,
  Profile,
  Thing,
} from "../../fixtures/world/generated/server-ts/world/index.js";

function thing(): Thing {
  return Thing.$codec.create(7n, { owner: 1n }, 1_000, false);
}

function map<R extends codegen.Row>(codec: ComponentCodec<R>, row: R, audience: Audience): unknown {
  const writer = new codegen.MessagePackWriter();
  codec.writeMap(row, writer, audience);
  return decode(writer.finish(), { useBigInt64: true });
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
}

describe("rows", () => {
  it("start with the defaults of the schema, now being the transaction's start", () => {
    expect(thing().toObject()).toStrictEqual({
      id: 7n,
      owner: 1n,
      flag: false,
      i8Value: 0,
      i16Value: 0,
      i32Value: 0,
      i64Value: 0n,
      u8Value: 0,
      u16Value: 0,
      u32Value: 0,
      u64Value: 0n,
      f32Value: 0,
      f64Value: 0,
      at: 1_000,
      name: "",
      team: "red",
      data: new Uint8Array(0),
    });
    expect(Inventory.$codec.create(1n, { owner: 1n, item: 2 }, 0, false).count).toBe(1);
  });

  it("refuse a wrong value at the assignment, by component, column, limit and value", () => {
    const row = thing();
    const wrong: readonly [() => unknown, string][] = [
      [() => (row.i8Value = 128), "Thing.i8_value must be a whole number from -128 to 127; got 128"],
      [() => (row.i16Value = -32769), "Thing.i16_value must be a whole number from -32768 to 32767; got -32769"],
      [() => (row.i32Value = 0.5), "Thing.i32_value must be a whole number from -2147483648 to 2147483647; got 0.5"],
      [() => (row.u8Value = -1), "Thing.u8_value must be a whole number from 0 to 255; got -1"],
      [() => (row.u16Value = 65536), "Thing.u16_value must be a whole number from 0 to 65535; got 65536"],
      [() => (row.u32Value = NaN), "Thing.u32_value must be a whole number from 0 to 4294967295; got NaN"],
      [
        () => (row.i64Value = 2n ** 63n),
        "Thing.i64_value must be a bigint from -9223372036854775808 to 9223372036854775807; got 9223372036854775808n",
      ],
      [() => (row.u64Value = -1n), "Thing.u64_value must be a bigint from 0 to 18446744073709551615; got -1n"],
      [
        () => (row.f32Value = 1e39),
        "Thing.f32_value must be a number from -3.4028234663852886e+38 to 3.4028234663852886e+38, " +
          "an infinity or NaN; got 1e+39",
      ],
      [() => (row.f64Value = NaN), "Thing.f64_value must be a number, not NaN, because the column is indexed; got NaN"],
      [
        () => (row.at = 0.5),
        "Thing.at must be whole milliseconds since 1970 from -8640000000000000 to 8640000000000000; got 0.5",
      ],
      [
        () => (row.name = "x".repeat(50)),
        `Thing.name must be a string of at most 32 characters; got "${"x".repeat(40)}"… of 50 characters`,
      ],
      [() => (row.name = "\ud800"), 'Thing.name must be a string without lone surrogates; got "\\ud800"'],
      [() => (row.data = new Uint8Array(17)), "Thing.data must be a Uint8Array of at most 16 bytes; got 17 bytes"],
    ];
    for (const [assign] of wrong) expect(assign).toThrow(SchemaValueError);
    expect(wrong.map(([assign]) => messageOf(assign))).toStrictEqual(wrong.map(([, message]) => message));
    expect(row.toObject()).toStrictEqual(thing().toObject());
  });

  it("refuse values of another type, and say how to write the right one", () => {
    const assign = (values: Record<string, unknown>) => () => Thing.$codec.assign(thing(), values);
    expect(assign({ owner: 5 })).toThrow("got 5 (write 5n or BigInt(…))");
    expect(assign({ i32Value: 5n })).toThrow("got 5n (write 5 or Number(…))");
    expect(assign({ at: new Date(0) })).toThrow("got an object (use its getTime())");
    expect(assign({ flag: 1 })).toThrow("Thing.flag must be true or false; got 1");
    expect(assign({ team: "green" })).toThrow('Thing.team must be one of "red", "blue"; got "green"');
    expect(assign({ team: 5 })).toThrow('Thing.team must be one of "red", "blue"; got 5');
    expect(assign({ name: null })).toThrow("Thing.name must be a string of at most 32 characters; got null");
    expect(assign({ data: "ab" })).toThrow('Thing.data must be a Uint8Array of at most 16 bytes; got "ab"');
  });

  it("hold the bounds of @range", () => {
    const item = Inventory.$codec.create(1n, { owner: 1n, item: 1 }, 0, false);
    item.count = 999;
    expect(() => (item.count = 1000)).toThrow("Inventory.count must be from 0 to 999; got 1000");
    const account = Account.$codec.create(1n, { number: 1 }, 0, false);
    account.balance = 1_000_000_000n;
    expect(() => (account.balance = -1n)).toThrow("Account.balance must be from 0 to 1000000000; got -1n");
  });

  it("count characters, not UTF-16 units", () => {
    const row = thing();
    row.name = "😀".repeat(32);
    expect(() => (row.name = "😀".repeat(33))).toThrow("at most 32 characters");
  });

  it("round an f32 when it is assigned", () => {
    const row = thing();
    row.f32Value = 0.1;
    expect(row.f32Value).toBe(Math.fround(0.1));
    row.f32Value = -Infinity;
    expect(row.f32Value).toBe(-Infinity);
  });

  it("keep a copy of assigned bytes", () => {
    const row = thing();
    const bytes = Uint8Array.of(1, 2);
    row.data = bytes;
    bytes[0] = 9;
    expect([...row.data]).toStrictEqual([1, 2]);
  });

  it("report a change before it takes place, and a refused value not at all", () => {
    const row = thing();
    const seen: number[] = [];
    row.$tracker = { beforeChange: (changed) => seen.push((changed as Thing).i32Value) };
    expect(() => (row.i32Value = 0.5)).toThrow(SchemaValueError);
    row.i32Value = 5;
    row.i32Value = 6;
    expect(seen).toStrictEqual([0, 5]);
  });

  it("stay as they were when the tracker refuses", () => {
    const row = thing();
    row.$tracker = {
      beforeChange() {
        throw new Error("closed");
      },
    };
    expect(() => (row.i32Value = 5)).toThrow("closed");
    expect(row.i32Value).toBe(0);
  });

  it("are shown and serialized as plain values", () => {
    const row = Profile.$codec.create(7n, { owner: 2n ** 60n, name: "n" }, 0, false);
    expect(inspect(row)).toBe("{ id: 7n, owner: 1152921504606846976n, name: 'n', secret: '' }");
    expect(JSON.stringify(row)).toBe('{"id":"7","owner":"1152921504606846976","name":"n","secret":""}');
    const blob = thing();
    blob.data = Uint8Array.of(1, 2, 3);
    expect(blob.toJSON()["data"]).toBe("AQID");
  });
});

describe("component codecs", () => {
  it("refuse an insert without a column that has no default", () => {
    expect(() => Position.$codec.create(1n, { x: 1 }, 0, false)).toThrow(
      "Position.owner must be given, because it has no default; got undefined",
    );
  });

  it("let a partial row lack columns, name the first, and refuse to read it", () => {
    const row = Profile.$codec.create(1n, { owner: 1n }, 0, true);
    expect(Profile.$codec.missing(row)).toBe("name");
    expect(() => row.name).toThrow("Profile.name must be given");
    expect(inspect(row)).toContain("name: undefined");
    row.name = "n";
    expect(Profile.$codec.missing(row)).toBeUndefined();
    expect(Profile.$codec.missing(Profile.$codec.create(1n, {}, 0, true))).toBe("owner");
  });

  it("refuse keys that are no columns, and another id", () => {
    expect(() => Position.$codec.create(1n, { owner: 1n, speed: 5 }, 0, false)).toThrow(
      "Position.speed must be left out, because there is no such column; got 5",
    );
    expect(() => Position.$codec.create(1n, { id: 2n, owner: 1n }, 0, false)).toThrow(
      "Position.id must be 1n, because an id never changes; got 2n",
    );
    expect(Position.$codec.create(1n, { id: 1n, owner: 1n }, 0, false).id).toBe(1n);
  });

  it("leave out what is undefined and take the columns of another row", () => {
    const row = Position.$codec.create(1n, { owner: 1n, x: undefined, y: 2 }, 0, false);
    expect(row.x).toBe(0);
    const other = Position.$codec.create(2n, { owner: 9n }, 0, false);
    Position.$codec.assign(other, row as unknown as Record<string, unknown>);
    expect(other.toObject()).toStrictEqual({ id: 2n, owner: 1n, zone: 0, x: 0, y: 2 });
  });

  it("clone a row with id and version, independent and untracked", () => {
    const row = thing();
    row.$version = 5;
    row.data = Uint8Array.of(1);
    row.$tracker = { beforeChange: vi.fn() };
    const copy = Thing.$codec.clone(row);
    expect(copy.toObject()).toStrictEqual(row.toObject());
    expect([copy.$version, copy.$tracker]).toStrictEqual([5, undefined]);
    copy.i32Value = 1;
    copy.data[0] = 2;
    expect([row.i32Value, ...row.data]).toStrictEqual([0, 1]);
  });

  it("know the owner where there is one", () => {
    expect(Profile.$codec.ownerOf(Profile.$codec.create(1n, { owner: 5n, name: "" }, 0, false))).toBe(5n);
    expect(Account.$codec.ownerOf(Account.$codec.create(1n, { number: 5 }, 0, false))).toBeUndefined();
  });

  it("write for each audience the columns that it may see", () => {
    const item = Inventory.$codec.create(3n, { owner: 1n, item: 2, source: "found" }, 0, false);
    const visible = { id: 3, owner: 1, item: 2, count: 1 };
    expect(map(Inventory.$codec, item, "admin")).toStrictEqual({ ...visible, source: "found" });
    expect(map(Inventory.$codec, item, "owner")).toStrictEqual(visible);
    expect(map(Inventory.$codec, item, "public")).toStrictEqual(visible);
    const profile = Profile.$codec.create(4n, { owner: 1n, name: "n", secret: "s" }, 0, false);
    expect(map(Profile.$codec, profile, "admin")).toStrictEqual({ id: 4, owner: 1, name: "n", secret: "s" });
    expect(map(Profile.$codec, profile, "owner")).toStrictEqual({ id: 4, owner: 1, name: "n", secret: "s" });
    expect(map(Profile.$codec, profile, "public")).toStrictEqual({ id: 4, owner: 1, name: "n" });
    expect([Inventory, Profile, Position].map(({ $codec }) => $codec.hasHiddenColumns)).toStrictEqual([
      true,
      true,
      false,
    ]);
  });

  it("write maps as hetu.1 has them: bool as 0 or 1, enums as integers, whole floats as floats", () => {
    const row = Thing.$codec.create(2n ** 60n, { owner: 1n, flag: true, team: "blue", f32Value: 2 }, 9, false);
    const writer = new codegen.MessagePackWriter();
    Thing.$codec.writeMap(row, writer, "public");
    const bytes = writer.finish();
    const wire = decode(bytes, { useBigInt64: true }) as Record<string, unknown>;
    expect(wire).toMatchObject({ id: 2n ** 60n, owner: 1, flag: 1, team: 5, f32_value: 2, at: 9, name: "" });
    expect(Object.keys(wire)).toStrictEqual(["id", ...Thing.$codec.columns.map(({ name }) => name)]);
    expect(Buffer.from(bytes).includes(Buffer.concat([Buffer.from("f32_value"), Buffer.of(0xcb)]))).toBe(true);
  });

  it("compile the rules of row-level security", () => {
    const notice = Notice.$codec.create(1n, { guild: 5n, text: "" }, 0, false);
    expect(Notice.$codec.rules).toMatchObject([{ column: "guild", operator: "==", context: "guild" }]);
    expect(Notice.$codec.rules.map((rule) => [rule.passes(notice, 5n), rule.passes(notice, 6n)])).toStrictEqual([
      [true, false],
    ]);
    expect(Inventory.$codec.rules).toMatchObject([{ column: "owner", operator: "==", context: "caller" }]);
    expect(Thing.$codec.rules).toStrictEqual([]);
  });

  it("say who reads, what is volatile, and what the columns are", () => {
    expect([Thing, Position, Online].map(({ $codec }) => $codec.readers)).toStrictEqual(["everybody", "user", "admin"]);
    expect([Position, Online].map(({ $codec }) => $codec.volatile)).toStrictEqual([false, true]);
    expect(Inventory.$codec.columns).toStrictEqual([
      { name: "owner", property: "owner", type: "i64", visibility: "public" },
      { name: "item", property: "item", type: "i32", visibility: "public" },
      { name: "count", property: "count", type: "u32", visibility: "public", default: 1 },
      { name: "source", property: "source", type: "string(32)", visibility: "admin", default: "" },
    ]);
    expect(Thing.$codec.columns.find(({ name }) => name === "team")).toMatchObject({
      type: "Team",
      default: "red",
      enum: {
        base: "u8",
        values: [
          { name: "red", property: "red", value: 0 },
          { name: "blue", property: "blue", value: 5 },
        ],
      },
    });
    expect(Thing.$codec.columns.find(({ name }) => name === "at")).toMatchObject({ type: "timestamp", default: "now" });
  });
});
