/** The forms of an integer: decimal or hexadecimal, with an optional sign. */
const INTEGER = /^(-?)(0[xX][0-9a-fA-F]+|[0-9]+)$/;

/** No integer type has more digits; longer literals need not be converted to be known as too large. */
const MOST_DIGITS = 24;

/**
 * The value of an integer literal; `undefined` for `1.5` and `1e3`, which are not written as integers. A literal with
 * very many digits gives some value outside of every integer type.
 */
export function integerValue(raw: string): bigint | undefined {
  const match = INTEGER.exec(raw);
  const [, sign, digits] = match ?? [];
  if (digits === undefined) return undefined;
  const isHex = digits.length > 1 && digits[1]?.toLowerCase() === "x";
  const significant = digits.slice(isHex ? 2 : 0).replace(/^0+(?=.)/, "");
  const bounded = significant.length > MOST_DIGITS ? "9".repeat(MOST_DIGITS) : significant;
  const value = BigInt(isHex ? `0x${bounded}` : bounded);
  return sign === "-" ? -value : value;
}

/** The value of any number literal; infinite when it is too large for a double. `-0` is `0`. */
export function numberValue(raw: string): number {
  const isNegative = raw.startsWith("-");
  const value = Number(isNegative ? raw.slice(1) : raw);
  return isNegative && value !== 0 ? -value : value;
}
