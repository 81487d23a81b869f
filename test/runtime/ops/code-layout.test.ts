import { expect, test } from "vitest";
import { layoutChanges, layoutOf } from "../../../runtime/ops/code-layout.js";
import { schema } from "../../fixtures/clusters/generated/server-ts/clusters/index.js";
import { schema as world } from "../../fixtures/world/generated/server-ts/world/index.js";

const current = [layoutOf(undefined, schema)];

/** The schema with its tables changed. */
function changed(change: (table: (typeof schema.tables)[number]) => Partial<(typeof schema.tables)[number]>) {
  return [layoutOf(undefined, { ...schema, tables: schema.tables.map((table) => ({ ...table, ...change(table) })) })];
}

test("the same tables are no change, whatever their clusters are numbered", () => {
  expect(layoutChanges(current, [layoutOf(undefined, { ...schema, systems: [], fingerprint: "another" })])).toEqual([]);
  expect(
    layoutChanges(
      current,
      changed(({ cluster }) => ({ cluster: 100 - cluster })),
    ),
  ).toEqual([]);
});

test("a table that comes, goes, or lies somewhere else is named", () => {
  const without = { ...schema, tables: schema.tables.filter(({ name }) => name !== "Idle") };
  expect(layoutChanges(current, [layoutOf(undefined, without)])).toContain("Idle is gone");
  expect(layoutChanges([layoutOf(undefined, without)], current)).toContain("Idle is new");
  const moved = changed(({ name }) => (name === "Idle" ? { backend: "elsewhere" } : {}));
  expect(layoutChanges(current, moved)).toEqual(["Idle has @backend(elsewhere) now"]);
});

test("clusters that become one are a change", () => {
  expect(
    layoutChanges(
      current,
      changed(() => ({ cluster: 0 })),
    ).join("\n"),
  ).toMatch(/has transactions together with/);
});

test("columns and indexes are compared, and columns in another order are told", () => {
  const [counter] = schema.components.filter(({ name }) => name === "Counter");
  const replaced = (columns: NonNullable<typeof counter>["columns"]) => [
    layoutOf(undefined, {
      ...schema,
      components: schema.components.map((each) => (each.name === "Counter" ? { ...each, columns } : each)),
    }),
  ];
  const columns = counter?.columns ?? [];
  expect(layoutChanges(current, replaced(columns.slice(1)))).toEqual(["Counter had the column name: string"]);
  const wider = columns.map((column) => (column.name === "name" ? { ...column, type: "string(64)" } : column));
  expect(layoutChanges(current, replaced(wider))).toEqual([]);
  const narrow = columns.map((column) => (column.name === "value" ? { ...column, type: "i32" } : column));
  expect(layoutChanges(current, replaced(narrow))).toEqual([
    "Counter had the column value: i64",
    "Counter has the column value: i32 now",
  ]);
});

test("code of another namespace is no code of the instance", () => {
  expect(layoutChanges(current, [layoutOf(undefined, world)])).toEqual([
    "world is no instance of the code that is served",
  ]);
  expect(layoutChanges([layoutOf("main", schema)], [layoutOf("main", schema)])).toEqual([]);
});
