import type { StoredColumn } from "../schema/stored-schema.js";
import { codePoints, fitting, INTEGERS, isWithin, lengthLimit, type Value } from "./values.js";

/**
 * What becomes of the values of a column that gets another type:
 * `same`: the bytes stay; `always`: every value has its like; `checked`: each value is looked at;
 * `never`: there is no rule, and values are not carried over.
 */
export type Conversion = "same" | "always" | "checked" | "never";

type Kind = "bool" | "integer" | "float" | "text" | "bytes" | "enum";

function kindOf({ values, storage }: StoredColumn): Kind {
  if (values !== undefined) return "enum";
  switch (storage) {
    case "bool":
    case "bytes":
      return storage;
    case "f32":
    case "f64":
      return "float";
    case "string":
      return "text";
    default:
      return "integer";
  }
}

/** Kinds whose values may have a like in another kind. */
const LIKE: Readonly<Record<Kind, readonly Kind[]>> = {
  bool: ["bool", "integer", "float", "text"],
  integer: ["bool", "integer", "float", "text", "enum"],
  float: ["bool", "integer", "float", "text"],
  text: ["bool", "integer", "float", "text", "bytes", "enum"],
  bytes: ["text", "bytes"],
  enum: ["integer", "text", "enum"],
};

/** How values of one column become those of another. Depends on the types alone. */
export function conversionOf(from: StoredColumn, to: StoredColumn): Conversion {
  const [source, target] = [kindOf(from), kindOf(to)];
  if (!LIKE[source].includes(target)) return "never";
  if (source === "enum" && target === "enum") return enumConversion(from, to);
  if (from.storage === to.storage && from.type === to.type && source === target) return "same";
  const [least, largest] = rangeOf(from, source);
  switch (target) {
    case "integer":
      return least !== undefined && isWithin(to, least) && isWithin(to, largest) ? "always" : "checked";
    case "float":
      if (source === "float") return to.storage === "f64" ? "always" : "checked";
      return least !== undefined && isExact(to, least) && isExact(to, largest) ? "always" : "checked";
    case "text":
      if (source === "text") return lengthLimit(from.type) <= lengthLimit(to.type) ? "same" : "checked";
      return longestText(from, source) <= lengthLimit(to.type) ? "always" : "checked";
    case "bytes":
      if (source === "bytes") return lengthLimit(from.type) <= lengthLimit(to.type) ? "same" : "checked";
      return lengthLimit(from.type) * 4 <= lengthLimit(to.type) ? "always" : "checked";
    default:
      return "checked";
  }
}

/** Whether both are of one family, so that one can be called wider or narrower than the other. */
export function isSameFamily(from: StoredColumn, to: StoredColumn): boolean {
  return kindOf(from) === kindOf(to) && (from.storage === "timestamp") === (to.storage === "timestamp");
}

/**
 * The like of a value in another type, with nothing lost.
 * @returns `undefined` when there is none.
 */
export function convert(from: StoredColumn, to: StoredColumn, value: Value): Value | undefined {
  if (!LIKE[kindOf(from)].includes(kindOf(to))) return undefined;
  switch (kindOf(to)) {
    case "bool": {
      if (typeof value === "boolean") return value;
      if (typeof value === "string" && kindOf(from) === "text") return { true: true, false: false }[value];
      const whole = integerOf(from, value);
      return whole === 0n ? false : whole === 1n ? true : undefined;
    }
    case "integer": {
      const whole = integerOf(from, value);
      return whole !== undefined && isWithin(to, whole) ? integerIn(to, whole) : undefined;
    }
    case "float": {
      const number = floatOf(from, value);
      if (number === undefined) return undefined;
      return to.storage === "f64" || Object.is(Math.fround(number), number) ? number : undefined;
    }
    case "text": {
      const text = textOf(value);
      return text === undefined ? undefined : fitting(to, text);
    }
    case "bytes":
      return fitting(to, typeof value === "string" ? new Uint8Array(Buffer.from(value)) : value);
    case "enum":
      if (kindOf(from) === "integer") {
        const whole = integerOf(from, value);
        return Object.keys(to.values ?? {}).find((name) => BigInt(to.values?.[name] ?? 0) === whole);
      }
      return fitting(to, value);
  }
}

/**
 * The nearest value for one that {@link convert} has none for: the end of the range, the nearest whole or floating
 * number, the beginning of a text or of bytes.
 * @returns `undefined` when nothing is near.
 */
export function clamp(from: StoredColumn, to: StoredColumn, value: Value): Value | undefined {
  const exact = convert(from, to, value);
  if (exact !== undefined || !LIKE[kindOf(from)].includes(kindOf(to))) return exact;
  switch (kindOf(to)) {
    case "integer": {
      const [least, largest] = INTEGERS[to.storage] as readonly [bigint, bigint];
      const near = nearestInteger(from, value, least, largest);
      return near === undefined ? undefined : integerIn(to, near < least ? least : near > largest ? largest : near);
    }
    case "float": {
      if (typeof value !== "number" && typeof value !== "bigint") return undefined;
      return to.storage === "f32" ? Math.fround(Number(value)) : Number(value);
    }
    case "text": {
      const text = textOf(value);
      return text === undefined ? undefined : [...text].slice(0, lengthLimit(to.type)).join("");
    }
    case "bytes":
      return value instanceof Uint8Array ? value.slice(0, lengthLimit(to.type)) : undefined;
    default:
      return undefined;
  }
}

/** Whether {@link clamp} may find something between two types. */
export function canClamp(from: StoredColumn, to: StoredColumn): boolean {
  const [source, target] = [kindOf(from), kindOf(to)];
  if (target === "integer") return source === "integer" || source === "float";
  if (target === "float") return source === "integer" || source === "float";
  return target === "text" || (target === "bytes" && source === "bytes");
}

function enumConversion(from: StoredColumn, to: StoredColumn): Conversion {
  const names = Object.keys(from.values ?? {});
  if (!names.every((name) => to.values?.[name] !== undefined)) return "checked";
  const isSame = from.storage === to.storage && names.every((name) => from.values?.[name] === to.values?.[name]);
  return isSame ? "same" : "always";
}

/** Least and largest value of what is whole; nothing for others. */
function rangeOf(column: StoredColumn, kind: Kind): readonly [bigint, bigint] | readonly [undefined, undefined] {
  if (kind === "bool") return [0n, 1n];
  if (kind === "integer") return INTEGERS[column.storage] ?? [undefined, undefined];
  if (kind !== "enum") return [undefined, undefined];
  const values = Object.values(column.values ?? {});
  return [BigInt(Math.min(...values)), BigInt(Math.max(...values))];
}

/** Whether all whole numbers up to this one are floating numbers, too. */
function isExact({ storage }: StoredColumn, value: bigint): boolean {
  const limit = storage === "f32" ? 1n << 24n : 1n << 53n;
  return -limit <= value && value <= limit;
}

/** Code points that the text of a value may have. */
function longestText(from: StoredColumn, kind: Kind): number {
  if (kind === "bool") return 5;
  if (kind === "integer") return Math.max(...(INTEGERS[from.storage] ?? []).map((value) => String(value).length));
  if (kind === "enum") return Math.max(...Object.keys(from.values ?? {}).map((name) => codePoints(name)));
  // The longest is like -1.2345678901234567e-308; bytes are not always text.
  return kind === "float" ? 24 : Infinity;
}

function integerOf(from: StoredColumn, value: Value): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== "string") return undefined;
  if (from.values !== undefined) {
    const stored = from.values[value];
    return stored === undefined ? undefined : BigInt(stored);
  }
  return /^(?:0|-?[1-9][0-9]{0,18}|[1-9][0-9]{19})$/.test(value) ? BigInt(value) : undefined;
}

function integerIn({ storage }: StoredColumn, value: bigint): number | bigint {
  return storage === "i64" || storage === "u64" ? value : Number(value);
}

function floatOf(from: StoredColumn, value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string" && from.values === undefined) {
    const number = Number(value);
    return String(number) === value ? number : undefined;
  }
  const whole = integerOf(from, value);
  return whole !== undefined && BigInt(Number(whole)) === whole ? Number(whole) : undefined;
}

/** `undefined`: bytes that are not UTF-8. */
function textOf(value: Value): string | undefined {
  if (!(value instanceof Uint8Array)) return String(value);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(value);
  } catch {
    return undefined;
  }
}

function nearestInteger(from: StoredColumn, value: Value, least: bigint, largest: bigint): bigint | undefined {
  if (from.values !== undefined) return undefined;
  if (typeof value === "bigint") return value;
  if (typeof value !== "number" || Number.isNaN(value)) return undefined;
  if (!Number.isFinite(value)) return value < 0 ? least : largest;
  return BigInt(Math.round(value));
}
