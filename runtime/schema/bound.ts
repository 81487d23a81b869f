/** A bound that does not include its value; see {@link exclusive}. */
export class Exclusive<T> {
  readonly value: T;

  constructor(value: T) {
    this.value = value;
  }
}

/** One end of a range: a value (included), `exclusive(value)`, or `null` for no end. */
export type Bound<T> = T | Exclusive<T> | null;

/**
 * A bound of a range that is not part of it: `range("x", exclusive(0), 10)` is 0 < x ≤ 10. With the leading columns of
 * a composite index, `exclusive([1])` leaves out everything that starts with 1.
 */
export function exclusive<const T>(value: T): Exclusive<T> {
  return new Exclusive(value);
}

export interface RangeOptions {
  /** How many rows at most; all when left out. */
  readonly limit?: number | undefined;
  /** From the greatest to the least; `false` when left out. `left` stays the lower bound. */
  readonly desc?: boolean | undefined;
}
