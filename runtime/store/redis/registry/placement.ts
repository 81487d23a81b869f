import type { Schema } from "../../../schema/schema.js";
import type { StoredPartition } from "./stored-catalogue.js";

export interface Placement {
  readonly partitions: readonly StoredPartition[];
  readonly nextPartition: number;
  /** Partition of each table. */
  readonly places: Readonly<Record<string, number>>;
  readonly moves: readonly Move[];
}

export interface Move {
  readonly table: string;
  readonly from: number;
  readonly to: number;
  /** Why; one sentence without a full stop. */
  readonly description: string;
}

interface Cluster {
  readonly backend: string | null;
  readonly tables: readonly string[];
}

/** Where data is. */
export interface Placed {
  readonly partitions: readonly StoredPartition[];
  readonly nextPartition: number;
  /** By table, as the schema calls it now; those that it does not have are among them. */
  readonly places: Readonly<Record<string, number>>;
  /** Partitions with rows that are kept for the way back. */
  readonly kept: readonly number[];
}

/** There is no data yet. */
export const NOWHERE: Placed = { partitions: [{ number: 0, backend: null }], nextPartition: 1, places: {}, kept: [] };

/**
 * Which partition each table belongs to. Where tables lie already they stay: those of one cluster must be together,
 * those of different clusters may be.
 */
export function place(schema: Schema, stored: Placed): Placement {
  const partitions: StoredPartition[] = [...stored.partitions];
  let nextPartition = stored.nextPartition;
  const before = stored.places;
  const places: Record<string, number> = {};
  const moves: Move[] = [];
  let isHomeFree = !Object.values(before).includes(0);
  for (const { backend, tables } of clustersOf(schema)) {
    const known = tables.filter((table) => before[table] !== undefined);
    let target = mostFrequent(
      known.map((table) => before[table] as number).filter((number) => backendOf(partitions, number) === backend),
    );
    if (target === undefined && backend === null && isHomeFree) target = 0;
    if (target === undefined) {
      target = nextPartition++;
      partitions.push({ number: target, backend });
    }
    if (target === 0) isHomeFree = false;
    for (const table of tables) {
      places[table] = target;
      const from = before[table];
      if (from === undefined || from === target) continue;
      const old = backendOf(partitions, from);
      const beside = known.find((other) => before[other] === target);
      const description =
        old === backend || beside !== undefined
          ? `${table} has to lie together with ${beside ?? "others"}, which systems use in one transaction`
          : `${table} has to move from ${nameOf(old)} to ${nameOf(backend)}`;
      moves.push({ table, from, to: target, description });
    }
  }
  const used = new Set([...Object.values(places), ...stored.kept]);
  // One that an absent table lies in stays until it is known whether that has rows.
  const absent = Object.entries(before).filter(([table]) => places[table] === undefined);
  for (const [, number] of absent) used.add(number);
  return {
    partitions: partitions.filter(({ number }) => number === 0 || used.has(number)),
    nextPartition,
    places,
    moves,
  };
}

function clustersOf(schema: Schema): Cluster[] {
  const clusters = new Map<number, { backend: string | null; tables: string[] }>();
  for (const { name, cluster, backend } of schema.tables) {
    const found = clusters.get(cluster);
    if (found === undefined) clusters.set(cluster, { backend: backend ?? null, tables: [name] });
    else found.tables.push(name);
  }
  return [...clusters].sort(([a], [b]) => a - b).map(([, cluster]) => cluster);
}

function backendOf(partitions: readonly StoredPartition[], number: number): string | null | undefined {
  return partitions.find((partition) => partition.number === number)?.backend;
}

function nameOf(backend: string | null | undefined): string {
  return backend === null || backend === undefined ? "the default store" : `backend ${backend}`;
}

/** Of several that are as frequent the lowest. */
function mostFrequent(numbers: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || a - b)[0]?.[0];
}
