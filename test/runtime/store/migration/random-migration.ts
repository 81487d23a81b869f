import fc from "fast-check";
import type { PlainColumn, PlainSchema } from "../plain-schema.js";
import type { Values } from "./migrated-data.js";

type Type = PlainColumn["type"];

/** A schema with rows, a later one, and what is allowed to be lost on the way. */
export interface RandomMigration {
  readonly before: PlainSchema;
  readonly rows: readonly Values[];
  readonly after: PlainSchema;
  /** By new column: as `--convert-lossy` has it. */
  readonly lossy: Readonly<Record<string, "default" | "clamp">>;
}

const RANGES = {
  i8: [-128n, 127n],
  u8: [0n, 255n],
  i16: [-32768n, 32767n],
  u16: [0n, 65535n],
  i32: [-(2n ** 31n), 2n ** 31n - 1n],
  u32: [0n, 2n ** 32n - 1n],
  i64: [-(2n ** 63n), 2n ** 63n - 1n],
  u64: [0n, 2n ** 64n - 1n],
  timestamp: [-(864n * 10n ** 13n), 864n * 10n ** 13n],
} as const;

const TYPES: readonly Type[] = [
  "bool",
  "i8",
  "u8",
  "i16",
  "u16",
  "i32",
  "u32",
  "i64",
  "u64",
  "f32",
  "f64",
  "timestamp",
  "string(3)",
  "string(30)",
  "bytes(2)",
  "bytes(90)",
  "Team",
];

const OLD_TEAM = { red: 0, blue: 5, green: 9 };
/** The same, renumbered, one fewer and one more. */
const NEW_TEAMS = [OLD_TEAM, { green: 0, red: 1, blue: 2 }, { red: 0, blue: 5 }, { ...OLD_TEAM, black: 7 }];

function isBig(type: Type): boolean {
  return type === "i64" || type === "u64";
}

function rangeOf(type: Type): readonly [bigint, bigint] | undefined {
  return (RANGES as Readonly<Record<string, readonly [bigint, bigint]>>)[type];
}

/** Values that lie near the bounds of others of these types. */
function valueOf(type: Type): fc.Arbitrary<unknown> {
  const range = rangeOf(type);
  if (range !== undefined) {
    const [min, max] = range;
    const near = [0n, 1n, 127n, 128n, 255n, 256n, 2n ** 24n + 1n, 2n ** 53n + 1n, -1n, -128n, -129n].filter(
      (each) => min <= each && each <= max,
    );
    const whole = fc.oneof(fc.constantFrom(...near, min, max), fc.bigInt({ min, max }));
    return isBig(type) ? whole : whole.map(Number);
  }
  if (type === "bool") return fc.boolean();
  if (type === "f32") {
    return fc.oneof(fc.integer({ min: -300, max: 300 }), fc.constantFrom(0.5, Infinity, NaN), fc.float());
  }
  if (type === "f64") {
    return fc.oneof(fc.integer({ min: -300, max: 300 }), fc.constantFrom(0.1, -Infinity, NaN, 1e300), fc.double());
  }
  if (type === "Team") return fc.constantFrom(...Object.keys(OLD_TEAM));
  const length = Number(/\d+/.exec(type)?.[0]);
  if (type.startsWith("bytes")) return fc.uint8Array({ maxLength: length });
  const words = ["", "0", "12", "-7", "007", "300", "1.5", "true", "red", "black", "é", "😀a"];
  const short = fc.constantFrom(...words.filter((word) => [...word].length <= length));
  return fc.oneof(short, fc.string({ unit: "grapheme-ascii", maxLength: length }));
}

const columnsBefore = fc.uniqueArray(
  fc.record({ name: fc.constantFrom("a", "b", "c", "d", "e"), type: fc.constantFrom(...TYPES) }),
  { minLength: 1, selector: ({ name }) => name },
);

/** What happens to an old column. */
const fate = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: "stay" } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "drop" } as const) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("change" as const),
      type: fc.constantFrom(...TYPES),
      isRenamed: fc.boolean(),
      how: fc.constantFrom("default" as const, "clamp" as const, undefined),
    }),
  },
);

export const randomMigration: fc.Arbitrary<RandomMigration> = columnsBefore.chain((columns) =>
  fc
    .record({
      rows: fc.array(fc.record(Object.fromEntries(columns.map(({ name, type }) => [name, valueOf(type)]))), {
        maxLength: 6,
      }),
      fates: fc.tuple(...columns.map(() => fate)),
      added: fc.uniqueArray(
        fc.constantFrom(...TYPES).chain((type) =>
          fc.record({
            name: fc.constantFrom("x", "y"),
            type: fc.constant(type),
            default: fc.option(valueOf(type) as fc.Arbitrary<PlainColumn["default"]>, { nil: undefined }),
          }),
        ),
        { selector: ({ name }) => name },
      ),
      team: fc.constantFrom(...NEW_TEAMS),
      isReversed: fc.boolean(),
      isTableRenamed: fc.boolean(),
    })
    .map(({ rows, fates, added, team, isReversed, isTableRenamed }) => {
      const lossy: Record<string, "default" | "clamp"> = {};
      const kept = columns.flatMap((column, i): PlainColumn[] => {
        const what = fates[i];
        if (what === undefined || what.kind === "drop") return [];
        if (what.kind === "stay") return [column];
        const name = what.isRenamed ? `${column.name}2` : column.name;
        if (what.how !== undefined) lossy[name] = what.how;
        return [{ name, type: what.type, ...(what.isRenamed ? { was: column.name } : {}) }];
      });
      const fresh = added.map((column) =>
        column.type === "Team" && column.default === "green" && !("green" in team)
          ? { ...column, default: "red" }
          : column,
      );
      const all = [...kept, ...fresh];
      const after = isReversed ? all.toReversed() : all;
      // Every index can be built over columns that are not bytes and hold no NaN.
      const indexable = (list: readonly PlainColumn[]): { columns: readonly string[]; unique: boolean }[] =>
        list
          .filter(({ type }) => !/^(?:bytes|f)/.test(type))
          .slice(0, 2)
          .map(({ name }) => ({ columns: [name], unique: false }));
      return {
        before: { components: [{ name: "Item", columns, indexes: indexable(columns) }], team: OLD_TEAM },
        rows,
        after: {
          components: [
            isTableRenamed
              ? { name: "Thing", was: "Item", columns: after, indexes: indexable(after) }
              : { name: "Item", columns: after, indexes: indexable(after) },
          ],
          team,
        },
        lossy,
      };
    }),
);

/** Stands for a value that has no like and may not be lost. */
export const MISFIT = Symbol("misfit");

/** What a row has to become, worked out by texts and exact numbers. */
export function expectedRow({ before, after, lossy }: RandomMigration, row: Values): Record<string, unknown> {
  const old = before.components[0]?.columns ?? [];
  const made: Record<string, unknown> = {};
  for (const column of after.components[0]?.columns ?? []) {
    const from = old.find(({ name }) => name === column.name) ?? old.find(({ name }) => name === column.was);
    const filled = column.default ?? zero(column.type, after.team ?? {});
    if (from === undefined) {
      made[column.name] = column.type === "f32" ? Math.fround(filled as number) : filled;
      continue;
    }
    const value = from.type === "f32" ? Math.fround(row[from.name] as number) : row[from.name];
    const like = exactly(from.type, column.type, value, before.team ?? {}, after.team ?? {});
    if (like !== undefined) made[column.name] = like;
    else {
      const how = lossy[column.name];
      const near = how === "clamp" ? nearest(from.type, column.type, value) : undefined;
      made[column.name] = how === "default" ? filled : (near ?? MISFIT);
    }
  }
  return made;
}

function zero(type: Type, team: Readonly<Record<string, number>>): unknown {
  if (type === "Team") return Object.keys(team).find((name) => team[name] === 0) ?? Object.keys(team)[0];
  if (type === "bool") return false;
  if (type.startsWith("string")) return "";
  if (type.startsWith("bytes")) return new Uint8Array(0);
  return isBig(type) ? 0n : 0;
}

/** Values as texts: two types share those whose texts are the same. */
function exactly(
  from: Type,
  to: Type,
  value: unknown,
  oldTeam: Readonly<Record<string, number>>,
  team: Readonly<Record<string, number>>,
): unknown {
  const isFloat = (type: Type): boolean => type === "f32" || type === "f64";
  if (isFloat(from) && isFloat(to)) {
    return to === "f64" || Object.is(Math.fround(value as number), value) ? value : undefined;
  }
  if (from === "Team" && to === "Team") return Object.hasOwn(team, value as string) ? value : undefined;
  if (from.startsWith("bytes")) {
    if (to.startsWith("bytes")) return (value as Uint8Array).length <= limit(to) ? value : undefined;
    if (!to.startsWith("string")) return undefined;
    const text = Buffer.from(value as Uint8Array).toString("utf8");
    return Buffer.from(text).equals(Buffer.from(value as Uint8Array)) && [...text].length <= limit(to)
      ? text
      : undefined;
  }
  if (to.startsWith("bytes")) {
    if (!from.startsWith("string")) return undefined;
    const bytes = new TextEncoder().encode(value as string);
    return bytes.length <= limit(to) ? bytes : undefined;
  }
  if (to.startsWith("string")) {
    const text = String(value);
    return [...text].length <= limit(to) ? text : undefined;
  }
  if (to === "Team") {
    if (from.startsWith("string")) return Object.hasOwn(team, value as string) ? value : undefined;
    if (rangeOf(from) === undefined) return undefined;
    return Object.keys(team).find((name) => String(team[name]) === String(value));
  }
  if (from === "Team") {
    return rangeOf(to) === undefined ? undefined : number(to, String(oldTeam[value as string]));
  }
  if (to === "bool") {
    const words: Readonly<Record<string, boolean>> = from.startsWith("string")
      ? { true: true, false: false }
      : { true: true, false: false, "1": true, "0": false };
    return words[String(value)];
  }
  if (isFloat(from) && Number.isInteger(value) && rangeOf(to) !== undefined) {
    return number(to, String(BigInt(value as number)));
  }
  return number(to, from === "bool" ? (value === true ? "1" : "0") : Object.is(value, -0) ? "-0" : String(value));
}

function limit(type: Type): number {
  return Number(/\d+/.exec(type)?.[0]);
}

/** The value of a number type whose text this is. */
function number(to: Type, text: string): unknown {
  const range = rangeOf(to);
  if (range === undefined) {
    const value = Number(text);
    if (text === "-0") return -0;
    if (/^-?\d+$/.test(text)) {
      const exact = to === "f32" ? Math.fround(value) : value;
      return BigInt(exact) === BigInt(text) && String(BigInt(text)) === text ? exact : undefined;
    }
    if (String(value) !== text) return undefined;
    return to === "f64" || Object.is(Math.fround(value), value) ? value : undefined;
  }
  if (!/^-?\d+$/.test(text)) return undefined;
  const value = BigInt(text);
  if (String(value) !== text || value < range[0] || value > range[1]) return undefined;
  return isBig(to) ? value : Number(value);
}

function nearest(from: Type, to: Type, value: unknown): unknown {
  const range = rangeOf(to);
  const isNumber = typeof value === "number" || typeof value === "bigint";
  if (range !== undefined) {
    if (!isNumber || Number.isNaN(value)) return undefined;
    const whole =
      typeof value === "bigint"
        ? value
        : Number.isFinite(value)
          ? BigInt(Math.round(value))
          : value < 0
            ? range[0]
            : range[1];
    const near = whole < range[0] ? range[0] : whole > range[1] ? range[1] : whole;
    return isBig(to) ? near : Number(near);
  }
  if (to === "f32" || to === "f64") {
    if (!isNumber) return undefined;
    return to === "f32" ? Math.fround(Number(value)) : Number(value);
  }
  if (to.startsWith("string")) {
    if (!from.startsWith("bytes")) return [...String(value)].slice(0, limit(to)).join("");
    const text = Buffer.from(value as Uint8Array).toString("utf8");
    return Buffer.from(text).equals(Buffer.from(value as Uint8Array))
      ? [...text].slice(0, limit(to)).join("")
      : undefined;
  }
  return to.startsWith("bytes") && from.startsWith("bytes") ? (value as Uint8Array).slice(0, limit(to)) : undefined;
}
