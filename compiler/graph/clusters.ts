import type { NamespaceModel, SystemModel } from "../model/model.js";

/** One table of a cluster with the systems that touch it, directly or through calls. */
export interface GraphTable {
  /** `Component`, or `Component:Suffix` for a copy. */
  readonly name: string;
  readonly systems: readonly string[];
}

/** A table without which the systems of its cluster would fall into several groups that share nothing. */
export interface Joint {
  readonly table: string;
  /** Systems that touch nothing but the table are left out. */
  readonly groups: readonly (readonly string[])[];
}

export interface GraphCluster {
  readonly namespace: string;
  /** Position in the namespace's list. */
  readonly number: number;
  readonly tables: readonly GraphTable[];
  readonly systems: readonly string[];
  readonly joints: readonly Joint[];
}

/** The clusters of a namespace, each with what holds it together. */
export function clustersOf(namespace: NamespaceModel): readonly GraphCluster[] {
  const systems = new Map(namespace.systems.map((system) => [system.name, system]));
  const touched = new Map(namespace.systems.map((system) => [system.name, tablesOf(system, systems)]));
  return namespace.clusters.map((cluster, number) => {
    const tables = cluster.tables.map((name) => ({
      name,
      systems: cluster.systems.filter((system) => touched.get(system)?.has(name) === true),
    }));
    const joints = tables
      .map(({ name }) => ({ table: name, groups: groupsOf(tables.filter((table) => table.name !== name)) }))
      .filter(({ groups }) => groups.length > 1);
    return { namespace: namespace.name, number, tables, systems: cluster.systems, joints };
  });
}

/** The tables that a transaction of a system may touch: its own and, in copies, those of what it calls. */
function tablesOf(system: SystemModel, systems: ReadonlyMap<string, SystemModel>): ReadonlySet<string> {
  const tables = new Set<string>();
  const seen = new Set<string>();
  const visit = (current: SystemModel, suffix: string | undefined): void => {
    const key = `${current.name}:${suffix ?? ""}`;
    if (seen.has(key)) return;
    seen.add(key);
    for (const component of current.uses) tables.add(suffix === undefined ? component : `${component}:${suffix}`);
    for (const call of current.calls) {
      const callee = systems.get(call.system);
      // The outermost suffix wins.
      if (callee !== undefined) visit(callee, suffix ?? call.suffix);
    }
  };
  visit(system, undefined);
  return tables;
}

/** The systems in groups of those that share a table, directly or through others. */
function groupsOf(tables: readonly GraphTable[]): readonly (readonly string[])[] {
  const parents = new Map<string, string>();
  const find = (system: string): string => {
    const parent = parents.get(system) ?? system;
    if (parent === system) return system;
    const root = find(parent);
    parents.set(system, root);
    return root;
  };
  for (const { systems } of tables) {
    for (const system of systems) parents.set(find(system), find(systems[0] ?? system));
  }
  const groups = new Map<string, string[]>();
  for (const system of parents.keys()) {
    const group = groups.get(find(system));
    if (group === undefined) groups.set(find(system), [system]);
    else group.push(system);
  }
  return [...groups.values()];
}
