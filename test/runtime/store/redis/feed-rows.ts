import fc from "fast-check";
import type { Row } from "../../../../runtime/codegen/row.js";
import type { ColumnSpec } from "../../../../runtime/schema/component.js";
import type { RowChange, Table } from "../../../../runtime/store/contract.js";
import { FeedTables } from "../../../../runtime/store/redis/feed/feed-tables.js";
import { schema } from "../../../fixtures/world/generated/server-ts/world/index.js";

/** The tables of the world, with spaces that are not their ordinals. */
export const TABLES: readonly Table[] = schema.tables.map((spec, ordinal) => {
  const codec = schema.components.find(({ name }) => name === spec.component);
  if (codec === undefined) throw new Error(`no codec for ${spec.component}`);
  return { name: spec.name, codec, ordinal };
});

export function spaceOf(table: Table): number {
  return table.ordinal * 7 + 3;
}

/** @param without Names of tables that are left out, as in a process that does not have them. */
export function feedTables(without: readonly string[] = []): FeedTables {
  return new FeedTables(
    TABLES.filter(({ name }) => !without.includes(name)).map((table) => ({ table, space: spaceOf(table) })),
  );
}

export function tableNamed(name: string): Table {
  const table = TABLES.find((one) => one.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

const INTEGERS: Readonly<Record<string, readonly [number, number]>> = {
  i8: [-128, 127],
  i16: [-32_768, 32_767],
  i32: [-(2 ** 31), 2 ** 31 - 1],
  u8: [0, 255],
  u16: [0, 65_535],
  u32: [0, 2 ** 32 - 1],
};

/** Any row of a table. */
export function anyRow(table: Table, id: bigint, version: number): fc.Arbitrary<Row> {
  const values = Object.fromEntries(table.codec.columns.map((column) => [column.property, anyValue(table, column)]));
  return fc.record(values).map((given) => {
    const row = table.codec.create(id, given, 0, false);
    row.$version = version;
    return row;
  });
}

/** An insert, an update or a deletion in any table. */
export const anyChange: fc.Arbitrary<RowChange> = fc
  .record({
    table: fc.constantFrom(...TABLES),
    id: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    version: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    kind: fc.constantFrom("insert", "update", "delete"),
  })
  .chain(({ table, id, version, kind }) =>
    fc.record({
      table: fc.constant(table),
      id: fc.constant(id),
      before: kind === "insert" ? fc.constant(undefined) : anyRow(table, id, version),
      after: kind === "delete" ? fc.constant(undefined) : anyRow(table, id, 0),
    }),
  );

function anyValue(table: Table, { name, type, enum: values }: ColumnSpec): fc.Arbitrary<unknown> {
  if (values !== undefined) return fc.constantFrom(...values.values.map(({ property }) => property));
  if (table.name === "Inventory" && name === "count") return fc.integer({ min: 0, max: 999 });
  if (table.name === "Account" && name === "balance") return fc.bigInt({ min: 0n, max: 1_000_000_000n });
  const integer = INTEGERS[type];
  if (integer !== undefined) return fc.integer({ min: integer[0], max: integer[1] });
  const length = Number(/\((\d+)\)/.exec(type)?.[1] ?? 0);
  if (type.startsWith("string")) return fc.string({ unit: "grapheme", maxLength: Math.min(length, 40) >> 3 });
  if (type.startsWith("bytes")) return fc.uint8Array({ maxLength: length });
  switch (type) {
    case "i64":
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case "u64":
      return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    case "bool":
      return fc.boolean();
    case "f32":
      return fc.float({ noNaN: true, noDefaultInfinity: true });
    case "f64":
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "timestamp":
      return fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 });
    default:
      throw new Error(`no values for ${type}`);
  }
}
