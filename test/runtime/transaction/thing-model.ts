import fc from "fast-check";
import type { Thing } from "../../fixtures/world/generated/server-ts/world/index.js";
import { compareText } from "../../../runtime/codegen/compare.js";

export type Fields = Thing.Fields;
export type Column = Exclude<keyof Fields, "id">;

const DEFAULTS: Omit<Fields, "id" | "owner"> = {
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
  at: 0,
  name: "",
  team: "red",
  data: new Uint8Array(0),
};

const TEAM = { red: 0, blue: 5 } as const;

/** Few values a column, so that keys collide and ranges have ties. */
const VALUES: { readonly [C in Column]: fc.Arbitrary<Fields[C]> } = {
  owner: fc.bigInt(-3n, 8n),
  flag: fc.boolean(),
  i8Value: fc.constantFrom(-128, -1, 0, 1, 127),
  i16Value: fc.constantFrom(-32768, -1, 0, 1),
  i32Value: fc.constantFrom(-2147483648, -1, 0, 1, 2147483647),
  i64Value: fc.constantFrom(-(2n ** 63n), -1n, 0n, 1n, 2n ** 63n - 1n),
  u8Value: fc.constantFrom(0, 1, 255),
  u16Value: fc.constantFrom(0, 1, 255, 256, 65535),
  u32Value: fc.constantFrom(0, 1, 2 ** 32 - 1),
  u64Value: fc.constantFrom(0n, 1n, 2n ** 64n - 1n),
  f32Value: fc.constantFrom(-Infinity, -1.5, 0, 0.5, Infinity),
  f64Value: fc.constantFrom(-Infinity, -1e300, -0.1, 0, 0.1, 1e300),
  at: fc.constantFrom(-8.64e15, -1, 0, 1, 8.64e15),
  name: fc.constantFrom("", "a", "a\0", "ab", "b", "é", "\uffff", "😀"),
  team: fc.constantFrom("red", "blue"),
  data: fc.uint8Array({ maxLength: 3 }),
};

/** Some columns with values. */
export const patches: fc.Arbitrary<Partial<Fields>> = fc.record(VALUES, { requiredKeys: [] });

export const INDEXES: readonly (readonly (Column | "id")[])[] = [
  ["id"],
  ...(Object.keys(VALUES) as Column[]).filter((column) => column !== "data").map((column) => [column] as const),
  ["team", "f32Value"],
  ["name", "i16Value"],
];

/** Values of a leading part of an index's columns. */
export function prefixes(index: readonly (Column | "id")[]): fc.Arbitrary<unknown[]> {
  const columns = index.filter((column) => column !== "id").map((column) => VALUES[column] as fc.Arbitrary<unknown>);
  if (columns.length === 0) return fc.bigInt(0n, 2n ** 62n).map((id) => [id]);
  return fc.integer({ min: 1, max: columns.length }).chain((count) => fc.tuple(...columns.slice(0, count)));
}

function compare(column: Column | "id", a: unknown, b: unknown): number {
  if (column === "name") return compareText(a as string, b as string);
  if (column === "team") return TEAM[a as "red"] - TEAM[b as "red"];
  if (a === b || (a === 0 && b === 0)) return 0;
  return (a as number) < (b as number) ? -1 : 1;
}

export interface ModelBound {
  readonly values: readonly unknown[];
  readonly exclusive: boolean;
}

export interface ModelRange {
  readonly index: readonly (Column | "id")[];
  readonly left: ModelBound | undefined;
  readonly right: ModelBound | undefined;
  readonly limit: number;
  readonly desc: boolean;
}

/** The table as it should be, without any index. */
export class ThingModel {
  constructor(readonly rows: Map<bigint, Fields> = new Map()) {}

  copy(): ThingModel {
    return new ThingModel(new Map([...this.rows].map(([id, row]) => [id, { ...row }])));
  }

  insert(id: bigint, values: Partial<Fields>, now: number): void {
    this.rows.set(id, { ...DEFAULTS, at: now, owner: 0n, ...values, id });
  }

  byOwner(owner: bigint): Fields | undefined {
    return [...this.rows.values()].find((row) => row.owner === owner);
  }

  byName(name: string, i16Value: number): Fields | undefined {
    return [...this.rows.values()].find((row) => row.name === name && row.i16Value === i16Value);
  }

  /** Whether two rows have the same values in a unique index. */
  hasDuplicates(): boolean {
    const rows = [...this.rows.values()];
    const distinct = (keys: readonly string[]): boolean => new Set(keys).size === rows.length;
    return (
      !distinct(rows.map(({ owner }) => String(owner))) ||
      !distinct(rows.map(({ name, i16Value }) => JSON.stringify([name, i16Value])))
    );
  }

  range({ index, left, right, limit, desc }: ModelRange): Fields[] {
    const against = (row: Fields, bound: ModelBound): number => {
      for (const [at, value] of bound.values.entries()) {
        const column = index[at] as Column | "id";
        const order = compare(column, row[column], value);
        if (order !== 0) return order;
      }
      return 0;
    };
    const found = [...this.rows.values()].filter((row) => {
      if (left !== undefined && against(row, left) < (left.exclusive ? 1 : 0)) return false;
      return right === undefined || against(row, right) <= (right.exclusive ? -1 : 0);
    });
    found.sort((a, b) => {
      for (const column of index) {
        const order = compare(column, a[column], b[column]);
        if (order !== 0) return order;
      }
      return compare("id", a.id, b.id);
    });
    if (desc) found.reverse();
    return found.slice(0, limit);
  }
}
