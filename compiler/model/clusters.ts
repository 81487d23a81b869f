import type { SystemState } from "./call-graph.js";
import type { ClusterModel } from "./model.js";

/**
 * Groups systems that share a table, directly or through calls (union-find with path halving). Clusters are in the
 * order of their first system, tables and systems in the order in which they first occur.
 *
 * @param states as `systemStates` gives them.
 */
export function findClusters(states: readonly SystemState[]): readonly ClusterModel[] {
  const tables = [...new Set(states.flatMap((state) => state.tables))];
  const tableNode = new Map(tables.map((table, index) => [table, states.length + index]));
  const parents = Array.from({ length: states.length + tables.length }, (_, index) => index);

  const find = (node: number): number => {
    let at = node;
    for (;;) {
      const parent = parents[at] ?? at;
      if (parent === at) return at;
      const grandparent = parents[parent] ?? parent;
      parents[at] = grandparent;
      at = grandparent;
    }
  };
  // The smaller root wins, so that the result does not depend on the order of the unions.
  const join = (a: number, b: number): void => {
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y);
    if (low !== undefined && high !== undefined) parents[high] = low;
  };

  states.forEach((state, node) => {
    for (const table of state.tables) join(node, tableNode.get(table) ?? node);
    for (const callee of state.calls) join(node, callee);
  });

  const clusters = new Map<number, { tables: string[]; systems: string[] }>();
  for (const table of tables) {
    const root = find(tableNode.get(table) ?? 0);
    const cluster = clusters.get(root);
    if (cluster === undefined) clusters.set(root, { tables: [table], systems: [] });
    else cluster.tables.push(table);
  }
  states.forEach(({ suffix, system }, node) => {
    if (suffix === undefined) clusters.get(find(node))?.systems.push(system.name);
  });
  return [...clusters].sort(([a], [b]) => a - b).map(([, cluster]) => cluster);
}
