import type { GraphCluster } from "./clusters.js";

/** A system or a table of a cluster; systems are in snake_case, tables in PascalCase, so names do not clash. */
export interface GraphPlace {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The part of a cluster that concerns one box: for a system the tables that it touches and the systems that share one of
 * them, for a table the systems that touch it and all of their tables. Of a cluster of hundreds it is what one reads.
 *
 * @returns `undefined` when no cluster has the name.
 */
export function neighbourhood(
  clusters: readonly GraphCluster[],
  { namespace, name }: GraphPlace,
): GraphCluster | undefined {
  const cluster = clusters.find(
    (each) =>
      each.namespace === namespace && (each.systems.includes(name) || each.tables.some((table) => table.name === name)),
  );
  if (cluster === undefined) return undefined;
  const isSystem = cluster.systems.includes(name);
  const touched = cluster.tables.filter((table) => (isSystem ? table.systems.includes(name) : table.name === name));
  const systems = new Set(touched.flatMap((table) => table.systems));
  const near = isSystem
    ? touched
    : cluster.tables.filter((table) => table.systems.some((system) => systems.has(system)));
  const tables = near.map((table) => ({
    name: table.name,
    systems: table.systems.filter((system) => systems.has(system)),
  }));
  // What joins the whole cluster is said there; of a part nobody asks it.
  return { ...cluster, tables, systems: cluster.systems.filter((system) => systems.has(system)), joints: [] };
}
