import { describe, expect, it } from "vitest";
import type { DataChange } from "../../../../runtime/store/migration/changes.js";
import { parseConsents } from "../../../../runtime/store/migration/consents.js";
import { conversionOf } from "../../../../runtime/store/migration/conversion.js";
import { type MigrationPlan, planMigration } from "../../../../runtime/store/migration/plan.js";
import { storedAfter, storedTable } from "../../../../runtime/store/migration/stored-after.js";
import { wantedOf } from "../../../../runtime/store/migration/wanted.js";
import type { StoredColumn, StoredSchema } from "../../../../runtime/store/schema/stored-schema.js";
import { storedColumn } from "../../../../runtime/store/schema/stored-schema.js";
import { type PlainColumn, type PlainComponent, plainSchema, type PlainSchema } from "../plain-schema.js";

/** A catalogue as a store would write it. */
function stored(schema: PlainSchema): StoredSchema {
  const plan = planMigration(undefined, wantedOf(plainSchema(schema), undefined));
  let space = 0;
  const tables = plan.wanted.tables.map((table) => [table.name, storedTable(table, ++space, () => ++space)] as const);
  return storedAfter(plan, undefined, Object.fromEntries(tables), 0);
}

function plan(before: PlainSchema, after: PlainSchema, drop: readonly string[] = [], rows = 1): MigrationPlan {
  const known = stored(before);
  const wanted = wantedOf(plainSchema(after), known);
  return planMigration(known, wanted, { consents: parseConsents(drop), rowsOf: () => rows });
}

function table(columns: readonly PlainColumn[], more: Partial<PlainComponent> = {}): PlainSchema {
  return { components: [{ name: "Item", columns, ...more }], team: { red: 0, blue: 1 } };
}

const A: PlainColumn = { name: "a", type: "i32" };
const TEAM: PlainColumn = { name: "team", type: "Team" };

/** What is told of a change, and whether something has to be allowed. */
const CASES: readonly (readonly [string, PlainSchema, PlainSchema, readonly DataChange["kind"][], boolean])[] = [
  ["nothing", table([A]), table([A]), [], false],
  [
    "another component",
    table([A]),
    { components: [...table([A]).components, { name: "B", columns: [] }] },
    ["component-added"],
    false,
  ],
  ["a component less", table([A]), { components: [] }, ["component-removed"], true],
  [
    "a component renamed",
    table([A]),
    { components: [{ name: "Thing", was: "Item", columns: [A] }] },
    ["component-renamed"],
    false,
  ],
  ["another column", table([A]), table([A, TEAM]), ["column-added"], false],
  ["a column less", table([A, TEAM]), table([A]), ["column-removed"], true],
  [
    "a component and a column renamed twice, the first time unnoticed",
    table([A]),
    {
      components: [
        { name: "Ware", was: "Thing", wasBefore: ["Item"], columns: [{ ...A, name: "c", was: "b", wasBefore: ["a"] }] },
      ],
    },
    ["component-renamed", "column-renamed"],
    false,
  ],
  [
    "of several old names the newest that there is",
    table([A, { ...A, name: "b" }]),
    table([{ ...A, name: "c", was: "b", wasBefore: ["a"] }]),
    ["column-removed", "column-renamed"],
    true,
  ],
  ["a column renamed", table([A]), table([{ ...A, name: "b", was: "a" }]), ["column-renamed"], false],
  ["another order", table([A, { ...A, name: "b" }]), table([{ ...A, name: "b" }, A]), ["column-order-changed"], false],
  ["a wider integer", table([A]), table([{ ...A, type: "i64" }]), ["column-type-widened"], false],
  [
    "a longer text",
    table([{ ...A, type: "string(2)" }]),
    table([{ ...A, type: "string(3)" }]),
    ["column-type-widened"],
    false,
  ],
  ["a narrower integer", table([A]), table([{ ...A, type: "u8" }]), ["column-type-narrowed"], false],
  [
    "a shorter text",
    table([{ ...A, type: "string(3)" }]),
    table([{ ...A, type: "string(2)" }]),
    ["column-type-narrowed"],
    false,
  ],
  ["text from a number", table([A]), table([{ ...A, type: "string(20)" }]), ["column-type-changed"], false],
  ["bytes from a number", table([A]), table([{ ...A, type: "bytes(20)" }]), ["column-type-changed"], true],
  [
    "more values of an enum",
    table([TEAM]),
    { ...table([TEAM]), team: { red: 0, blue: 1, green: 2 } },
    ["enum-value-added"],
    false,
  ],
  ["fewer values of an enum", table([TEAM]), { ...table([TEAM]), team: { red: 0 } }, ["enum-value-removed"], false],
  [
    "an enum renumbered",
    table([TEAM]),
    { ...table([TEAM]), team: { red: 0, blue: 9 } },
    ["enum-value-renumbered"],
    false,
  ],
  ["an index", table([A]), table([A], { indexes: [{ columns: ["a"], unique: false }] }), ["index-added"], false],
  ["a unique index", table([A]), table([A], { indexes: [{ columns: ["a"], unique: true }] }), ["unique-added"], false],
  ["an index less", table([A], { indexes: [{ columns: ["a"], unique: false }] }), table([A]), ["index-removed"], false],
  [
    "a unique index less",
    table([A], { indexes: [{ columns: ["a"], unique: true }] }),
    table([A]),
    ["unique-removed"],
    false,
  ],
  ["rows that go at a start", table([A]), table([A], { volatile: true }), ["volatile-added"], true],
  ["rows that stay", table([A], { volatile: true }), table([A]), ["volatile-removed"], false],
];

describe("a plan", () => {
  for (const [name, before, after, kinds, isLossy] of CASES) {
    it(`for ${name} tells ${kinds.join(", ") || "nothing"}${isLossy ? ", and asks" : ""}`, () => {
      const { changes, problems } = plan(before, after);
      expect(changes.map(({ kind }) => kind)).toEqual(kinds);
      expect(problems.length > 0).toBe(isLossy);
      expect(problems.every(({ allow }) => allow.length > 0)).toBe(true);
      expect(plan(before, after, [], 0).problems).toEqual([]);
    });
  }

  it("lets a column go by its name, and tells which options were not needed", () => {
    const dropped = plan(table([A, TEAM]), table([A]), ["Item.team", "Item.b"]);
    expect(dropped.problems).toEqual([]);
    expect(dropped.unused).toMatchObject([{ option: "--drop Item.b" }]);
  });

  it("suspects a name that was changed, and tells what to write for it", () => {
    const hints = (after: PlainSchema): (string | undefined)[] =>
      plan(table([A, TEAM]), after).problems.map(({ hint }) => hint);
    const [b, c]: PlainColumn[] = [
      { name: "b", type: "i32" },
      { name: "teem", type: "i32" },
    ];
    if (b === undefined || c === undefined) throw new Error("two columns");
    expect(hints(table([b, TEAM]))).toEqual(["if it is called Item.b now, write @was(a) at Item.b"]);
    expect(hints(table([b, c, TEAM]))).toEqual(["if it is called Item.b now, write @was(a) at Item.b"]);
    expect(hints(table([A, c]))).toEqual([undefined]);
    const thing = { components: [{ name: "Thing", columns: [TEAM, A] }] };
    expect(hints(thing)).toEqual(["if it is called Thing now, write @was(Item) at Thing"]);
    expect(hints({ components: [{ name: "Thing", columns: [A] }] })).toEqual([undefined]);
  });

  it("keeps the rows that are not carried over whole, and no others", () => {
    const kept = (before: PlainSchema, after: PlainSchema): boolean[] =>
      plan(before, after, ["Item.team", "Item"]).tables.map(({ isKept }) => isKept);
    expect(kept(table([A, TEAM]), table([A]))).toEqual([true]);
    expect(kept(table([A]), { components: [] })).toEqual([true]);
    expect(kept(table([A]), table([{ ...A, type: "string(20)" }, TEAM]))).toEqual([false]);
  });

  it("takes its own name for a column before an older one", () => {
    const [item] = plan(table([A, TEAM]), table([{ ...A, was: "team" }])).tables;
    expect(item?.dropped.map(({ name }) => name)).toEqual(["team"]);
  });
});

describe("a conversion", () => {
  const column = (type: string): StoredColumn => storedColumn({ name: "a", property: "a", type, visibility: "public" });

  it("is known from the types, and is the same, always possible, to be checked, or never", () => {
    const found = (from: string, to: string): string => conversionOf(column(from), column(to));
    expect(found("u8", "i16")).toBe("always");
    expect(found("i8", "u16")).toBe("checked");
    expect(found("i32", "f64")).toBe("always");
    expect(found("i32", "f32")).toBe("checked");
    expect(found("i64", "f64")).toBe("checked");
    expect(found("f32", "f64")).toBe("always");
    expect(found("f64", "i64")).toBe("checked");
    expect(found("timestamp", "i64")).toBe("always");
    expect(found("i64", "timestamp")).toBe("checked");
    expect(found("u64", "string(20)")).toBe("always");
    expect(found("u64", "string(19)")).toBe("checked");
    expect(found("bool", "u8")).toBe("always");
    expect(found("string(5)", "i32")).toBe("checked");
    expect(found("string(5)", "string(9)")).toBe("same");
    expect(found("string(5)", "bytes(20)")).toBe("always");
    expect(found("bytes(5)", "i32")).toBe("never");
    expect(found("i32", "bytes(9)")).toBe("never");
  });
});
