interface Named {
  readonly name: string;
}

/** Members of two lists, found by name. */
export interface Pairs<T> {
  readonly both: readonly { readonly old: T; readonly now: T; readonly renamed: boolean }[];
  readonly added: readonly T[];
  readonly removed: readonly T[];
}

/**
 * Finds what of the one list is what of the other: what has the same name, and what says by `@was` that it had a name
 * that is gone; of several the first that is known.
 */
export function pairs<T extends Named & { readonly was?: string; readonly wasBefore?: readonly string[] }>(
  old: readonly T[],
  now: readonly T[],
): Pairs<T> {
  const before = new Map(old.map((each) => [each.name, each]));
  const names = new Set(now.map(({ name }) => name));
  const both: { old: T; now: T; renamed: boolean }[] = [];
  const added: T[] = [];
  for (const each of now) {
    const same = before.get(each.name);
    const former = [each.was, ...(each.wasBefore ?? [])]
      .map((name) => (name === undefined || names.has(name) ? undefined : before.get(name)))
      .find((found) => found !== undefined);
    const found = same ?? former;
    if (found === undefined) {
      added.push(each);
      continue;
    }
    both.push({ old: found, now: each, renamed: same === undefined });
    before.delete(found.name);
  }
  return { both, added, removed: [...before.values()] };
}

/** Whether what both lists have stands in another order. */
export function isReordered<T extends Named>({ both }: Pairs<T>, old: readonly T[]): boolean {
  const positions = both.map((pair) => old.indexOf(pair.old));
  return positions.some((position, at) => at > 0 && position < (positions[at - 1] ?? 0));
}
