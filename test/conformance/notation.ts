/** A value as the vectors write it; see README.md, "Notation". */
export type Notation = null | boolean | number | string | readonly Notation[] | { readonly [key: string]: Notation };

/** A number that JSON can hold is itself; the others are text. */
export function numberNotation(value: number): number | string {
  return Object.is(value, -0) ? "-0" : Number.isFinite(value) ? value : String(value);
}

/** The number that {@link numberNotation} wrote. */
export function numberOf(notation: Notation | undefined): number {
  if (typeof notation === "number") return notation;
  if (notation === "-0" || notation === "Infinity" || notation === "-Infinity" || notation === "NaN") {
    return Number(notation);
  }
  throw new Error(`${JSON.stringify(notation)} is no number`);
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");
}

export function fromHex(hex: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/.test(hex)) throw new Error(`${JSON.stringify(hex)} is not lower-case hex`);
  return new Uint8Array(Buffer.from(hex, "hex"));
}

/** An object of the notation, or `undefined`. */
export function objectOf(value: Notation | undefined): { readonly [key: string]: Notation } | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Notation })
    : undefined;
}
