import type { GraphCluster } from "./clusters.js";

/** A cluster in two columns: systems on the left, tables on the right, a line where a system touches a table. */
export interface TwoColumns {
  readonly systems: readonly string[];
  readonly tables: readonly string[];
  /** Positions in the two lists. */
  readonly lines: readonly { readonly system: number; readonly table: number }[];
}

const SWEEPS = 8;

/**
 * Orders both columns so that few lines cross: first as a walk along the lines comes by, which is best for a chain, then
 * each side in turn by the mean position of its neighbours, the barycentre method of Sugiyama, Tagawa and Toda (1981).
 * The same cluster always gives the same order.
 */
export function inColumns({ systems, tables }: GraphCluster): TwoColumns {
  const systemsOf = new Map(tables.map((table) => [table.name, table.systems]));
  const tablesOf = new Map(
    systems.map((system) => [system, tables.filter((table) => table.systems.includes(system)).map(({ name }) => name)]),
  );
  let left = walked(systems, tablesOf, systemsOf);
  let right = tables.map(({ name }) => name);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    right = byNeighbours(right, left, systemsOf);
    left = byNeighbours(left, right, tablesOf);
  }
  const places = new Map(left.map((name, at) => [name, at]));
  const lines = right.flatMap((name, table) =>
    (systemsOf.get(name) ?? []).map((system) => ({ system: places.get(system) ?? 0, table })),
  );
  return { systems: left, tables: right, lines };
}

/** Systems in the order of a depth-first walk over tables, from those with the fewest. */
function walked(
  systems: readonly string[],
  tablesOf: ReadonlyMap<string, readonly string[]>,
  systemsOf: ReadonlyMap<string, readonly string[]>,
): string[] {
  const seen = new Set<string>();
  const ends = systems.toSorted((a, b) => (tablesOf.get(a)?.length ?? 0) - (tablesOf.get(b)?.length ?? 0));
  for (const end of ends) {
    const pending = [end];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(...(tablesOf.get(next) ?? []).flatMap((table) => systemsOf.get(table) ?? []));
    }
  }
  return [...seen];
}

function byNeighbours(
  names: readonly string[],
  others: readonly string[],
  neighbours: ReadonlyMap<string, readonly string[]>,
): string[] {
  const places = new Map(others.map((name, at) => [name, at]));
  const means = new Map(
    names.map((name, at) => {
      const around = neighbours.get(name) ?? [];
      const sum = around.reduce((total, other) => total + (places.get(other) ?? 0), 0);
      return [name, around.length === 0 ? at : sum / around.length];
    }),
  );
  return names.toSorted((a, b) => (means.get(a) ?? 0) - (means.get(b) ?? 0));
}
