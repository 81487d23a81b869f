import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rangeId } from "../../../runtime/live/subscription-id.js";
import { openWorld } from "./live-world.js";

describe("bounds", () => {
  const numbers = [-5, 0, 1, 2, 9];

  async function things() {
    const world = openWorld();
    for (const [at, value] of numbers.entries()) {
      const id = BigInt(at + 1);
      const values = {
        i32_value: value,
        i64_value: BigInt(value),
        f64_value: value,
        flag: value > 0,
        name: `n${value}`,
      };
      await world.commit([
        "insert",
        "Thing",
        id,
        {
          owner: id,
          i32Value: values.i32_value,
          i64Value: values.i64_value,
          f64Value: value,
          flag: values.flag,
          name: values.name,
        },
      ]);
    }
    const one = world.viewer();
    const select = (index: string, left: unknown, right: unknown): number[] =>
      one.ids(one.range("Thing", index, left, right)).map((id) => numbers[id - 1] as number);
    return { ...world, one, select };
  }

  test.each(["i32_value", "i64_value", "f64_value"])(
    "of %s are inclusive unless a ( stands in front",
    async (index) => {
      const { select } = await things();
      expect(select(index, 0, 2)).toEqual([0, 1, 2]);
      expect(select(index, "(0", 2)).toEqual([1, 2]);
      expect(select(index, "(0", "(2")).toEqual([1]);
      expect(select(index, "[0", "[2")).toEqual([0, 1, 2]);
      expect(select(index, "(2", "(2")).toEqual([]);
      expect(select(index, 2, 0)).toEqual([]);
    },
  );

  test.each(["i32_value", "i64_value", "f64_value"])("of %s may be infinite", async (index) => {
    const { select } = await things();
    expect(select(index, -Infinity, 0)).toEqual([-5, 0]);
    expect(select(index, 1, Infinity)).toEqual([1, 2, 9]);
    expect(select(index, "(-inf", "(inf")).toEqual(numbers);
  });

  test("that exclude an infinity leave out no integer", async () => {
    const { commit, select, one } = await things();
    await commit(
      ["insert", "Thing", 99n, { owner: 99n, i8Value: -128 }],
      ["insert", "Thing", 98n, { owner: 98n, i8Value: 127 }],
    );
    expect(one.ids(one.range("Thing", "i8_value", "(-inf", "(0"))).toEqual([99]);
    expect(one.ids(one.range("Thing", "i8_value", "(0", "(inf"))).toEqual([98]);
    expect(select("i32_value", "(-inf", -1)).toEqual([-5]);
  });

  test("take the left one for a right one that is nil, and nothing or [] for no bound", async () => {
    const { select } = await things();
    expect(select("i32_value", 1, null)).toEqual([1]);
    expect(select("i32_value", null, 0)).toEqual([-5, 0]);
    expect(select("i32_value", 1, [])).toEqual([1, 2, 9]);
    expect(select("i32_value", [], null)).toEqual(numbers);
    expect(select("i32_value", null, null)).toEqual(numbers);
  });

  test("of text are compared by code point, and a mark in front makes a literal of any text", async () => {
    const { commit, viewer } = openWorld();
    const names = ["(a", "[b", "c", "\u{ff5e}", "\u{1f600}"];
    for (const [at, name] of names.entries())
      await commit(["insert", "Thing", BigInt(at), { owner: BigInt(at), name }]);
    const one = viewer();
    const select = (left: unknown, right: unknown): string[] =>
      one.ids(one.range("Thing", "name", left, right)).map((id) => names[id] as string);
    expect(select("[(a", null)).toEqual(["(a"]);
    expect(select("[[b", null)).toEqual(["[b"]);
    expect(select("(c", "\u{1f600}")).toEqual(["\u{ff5e}", "\u{1f600}"]);
    expect(select("c", "(\u{1f600}")).toEqual(["c", "\u{ff5e}"]);
  });

  test("of bool are 0 and 1, of an enum its values", async () => {
    const { commit, select, one } = await things();
    expect(select("flag", 1, null)).toEqual([1, 2, 9]);
    expect(select("flag", false, null)).toEqual([-5, 0]);
    await commit(["update", "Thing", 1n, { team: "blue" }]);
    expect(one.ids(one.range("Thing", "team", 5, null))).toEqual([1]);
  });

  test("of a composite index are arrays of leading columns; a ( on the last excludes all that starts so", async () => {
    const { commit, viewer } = openWorld();
    const places = [
      [1, 0],
      [1, 5],
      [2, 0],
      [2, 5],
      [3, 0],
    ] as const;
    for (const [at, [zone, x]] of places.entries()) {
      await commit(["insert", "Position", BigInt(at), { owner: BigInt(at), zone, x }]);
    }
    const one = viewer({ caller: 1n });
    const select = (left: unknown, right: unknown): number[] => one.ids(one.range("Position", "zone,x", left, right));
    expect(select([1], null)).toEqual([0, 1]);
    expect(select([1], [2])).toEqual([0, 1, 2, 3]);
    expect(select([1, 5], [2, 0])).toEqual([1, 2]);
    expect(select([1, "(0"], [2])).toEqual([1, 2, 3]);
    expect(select(["(1"], [3])).toEqual([2, 3, 4]);
    expect(select([1], ["(3"])).toEqual([0, 1, 2, 3]);
    expect(select([1, 5], null)).toEqual([1]);
    expect(select(2, null)).toEqual([2, 3]);
    expect(select([2], [2, Infinity])).toEqual([2, 3]);
  });

  test.each([
    ["Nowhere", "x", 0, "there is no component"],
    ["Position", "y", 0, 'has no index "y"'],
    ["Position", "x", "five", "Position.x"],
    ["Position", "zone", 0, 'has no index "zone"'],
    ["Position", "zone,x", [1, 2, 3], "at most 2"],
    ["Position", "x", {}, "Position.x"],
    ["Position", "x", NaN, "Position.x"],
    ["Position", "owner", 0.5, "Position.owner"],
  ])("that make no sense are refused with a reason: %s.%s from %o", async (table, index, left, reason) => {
    const one = openWorld().viewer({ caller: 1n });
    const request = { table, index, left, right: null, limit: 10, desc: false, force: true };
    const expected = { status: "refused", reason: expect.stringContaining(reason) as string };
    expect(await one.subscribe({ kind: "range", ...request })).toMatchObject({ ...expected, kind: "range" });
    expect(await one.subscribe({ kind: "get", table, index, value: left })).toMatchObject({ ...expected, kind: "get" });
  });

  test("a limit that is not a whole number is refused", async () => {
    const one = openWorld().viewer({ caller: 1n });
    const request = {
      kind: "range",
      table: "Position",
      index: "x",
      left: 0,
      right: 1,
      desc: false,
      force: true,
    } as const;
    expect(await one.subscribe({ ...request, limit: NaN })).toMatchObject({ status: "refused" });
    expect(await one.subscribe({ ...request, limit: 1.5 })).toMatchObject({ status: "refused" });
  });
});

describe("ids", () => {
  test.each([
    [0, 10, "0:10"],
    [1, null, "1:None"],
    [0.5, 1e21, "0.5:1000000000000000000000"],
    [-Infinity, Infinity, "-inf:inf"],
    [2n ** 60n, true, "1152921504606846976:True"],
    ["(1", "[2", "(1:[2"],
    ["ann", "bob", "ann:bob"],
    ["None", "a:b", "'None':'a:b'"],
    [[1, "a"], [], "[1, 'a']:[]"],
    ["it's", "[]", "'it\\'s':'[]'"],
  ])("print bounds as HeTu does: %o and %o", (left, right, text) => {
    expect(rangeId("Position", "x", left, right, 10, false)).toBe(`Position.x[${text}:1][:10]`);
  });

  test("of different bounds differ, whatever text is in them", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", ":", "[", "]", "(", "'", "\\", ",", " ", "1", "N", "\n") });
    const scalar = fc.oneof(texts, fc.constantFrom("None", "[]", "''", "1:None", "True"));
    const bound = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
    const query = fc.record({
      left: fc.option(bound),
      right: fc.option(bound),
      limit: fc.integer(),
      desc: fc.boolean(),
    });
    fc.assert(
      fc.property(query, query, (a, b) => {
        const id = (of: typeof a): string => rangeId("T", "i", of.left, of.right, of.limit, of.desc);
        expect(id(a) === id(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 5000 },
    );
  });
});
