import { z } from "zod";

const DURATIONS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const SIZES: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** Values of environment variables are texts: `"2466"` is a number, too. */
function numeric(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}

function withUnit(units: Readonly<Record<string, number>>): (value: unknown) => unknown {
  return (value) => {
    const [, amount, unit] =
      typeof value === "string" ? (/^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(value.trim()) ?? []) : [];
    const factor = unit === undefined ? undefined : units[unit];
    return amount === undefined || factor === undefined ? numeric(value) : Number(amount) * factor;
  };
}

/** A whole number, also as text. */
export function whole(min: number, max: number) {
  return z.preprocess(numeric, z.number().int().min(min).max(max));
}

/** A whole number from 1, or `"unlimited"`. */
export const limit = z.preprocess(
  (value) => (value === "unlimited" ? Infinity : numeric(value)),
  z.union([z.literal(Infinity), z.number().int().min(1)], { error: 'must be a whole number from 1, or "unlimited"' }),
);

/** Milliseconds as a number, or as {@link duration}, between bounds of which `Infinity` is none. */
export function durationBetween(min: number, max: number) {
  const number = z
    .number({ error: 'must be milliseconds, or a text such as "500ms", "10s", "5m", "1h"' })
    .min(min, { error: `the least is ${durationText(min)}` });
  return z.preprocess(
    withUnit(DURATIONS),
    max === Infinity ? number : number.max(max, { error: `the most is ${durationText(max)}` }),
  );
}

/** As people write it: `500ms`, `10s`. */
function durationText(ms: number): string {
  const [unit, factor] = Object.entries(DURATIONS)
    .reverse()
    .find(([, each]) => ms >= each && ms % each === 0) ?? ["ms", 1];
  return ms === 0 ? "0" : `${ms / factor}${unit}`;
}

/** Milliseconds as a number, or `"500ms"`, `"10s"`, `"5m"`, `"1h"`. */
export const duration = durationBetween(1, Infinity);

/** As {@link duration}, where 0 switches something off. */
export const durationOrZero = durationBetween(0, Infinity);

/** Bytes as a number, or as {@link size}, between bounds. */
export function sizeBetween(min: number, max: number) {
  const number = z.number({ error: 'must be bytes, or a text such as "512KiB", "4MiB"' }).int().min(min);
  return z.preprocess(withUnit(SIZES), max === Infinity ? number : number.max(max));
}

/** Bytes as a number, or `"512KiB"`, `"4MiB"`. */
export const size = sizeBetween(1, Infinity);

/** Also as text. */
export const flag = z.preprocess((value) => (value === "true" ? true : value === "false" ? false : value), z.boolean());
