/**
 * The index of the first item of which a number is not below a limit; the number of items when it is of all.
 *
 * @param items ordered by that number.
 */
export function lowerBound<T>(items: readonly T[], limit: number, numberOf: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && numberOf(item) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Arguments that a call surely may have. */
const CHUNK = 4096;

/**
 * Puts other items in the place of those from `from` up to, not including, `to`. Makes no copy of the others: an editor
 * does this to long lists at each key.
 *
 * @param moved what each item behind them becomes.
 */
export function replaceItems<T>(
  items: T[],
  from: number,
  to: number,
  others: readonly T[],
  moved: (item: T) => T,
): void {
  items.splice(from, to - from, ...others.slice(0, CHUNK));
  for (let at = CHUNK; at < others.length; at += CHUNK) items.splice(from + at, 0, ...others.slice(at, at + CHUNK));
  for (let at = from + others.length; at < items.length; at += 1) {
    const item = items[at];
    if (item !== undefined) items[at] = moved(item);
  }
}
