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

/**
 * Puts other items in the place of those from `from` up to, not including, `to`.
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
  const behind = items.splice(to);
  items.length = from;
  for (const item of others) items.push(item);
  for (const item of behind) items.push(moved(item));
}
