import type { WireRow } from "../../../runtime/wire/server-frames.js";

/** A row as text, to compare rows that came in different ways: 64-bit integers as numbers. */
export function text(row: WireRow): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value));
}
