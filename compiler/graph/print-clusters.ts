import type { GraphCluster } from "./clusters.js";

const SHOWN_NAMES = 4;

/** For a terminal: a block a cluster, a line a table. */
export function clustersAsText(clusters: readonly GraphCluster[]): string {
  if (clusters.length === 0) return "No system touches a component: there are no clusters.\n";
  return clusters.map(clusterAsText).join("\n");
}

function clusterAsText(cluster: GraphCluster): string {
  const { namespace, number, tables, systems, joints } = cluster;
  const width = Math.max(...tables.map((table) => table.name.length));
  const lines = [
    `cluster ${number} of ${namespace}: ${counted(tables.length, "table")}, ${counted(systems.length, "system")}`,
    ...tables.map((table) => `  ${table.name.padEnd(width)}  ${table.systems.join(", ")}`),
    ...joints.map(({ table, groups }) => {
      const parts = groups.map(shortened);
      return `  joined by ${table}: without it these would be apart: ${parts.join(" | ")}`;
    }),
  ];
  return `${lines.join("\n")}\n`;
}

function shortened(names: readonly string[]): string {
  const more = names.length - SHOWN_NAMES;
  return names.slice(0, SHOWN_NAMES).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A Mermaid flow chart: tables as cylinders, systems as boxes, one subgraph a cluster; joints are drawn thick. */
export function clustersAsMermaid(clusters: readonly GraphCluster[]): string {
  const lines = ["flowchart LR"];
  for (const { namespace, number, tables, systems, joints } of clusters) {
    const id = `${namespace}_${number}`;
    const joining = new Set(joints.map(({ table }) => table));
    lines.push(`  subgraph ${id}["${namespace}, cluster ${number}"]`);
    for (const [position, table] of tables.entries()) {
      lines.push(`    ${id}_t${position}[("${table.name}")]${joining.has(table.name) ? ":::joint" : ""}`);
    }
    for (const [position, system] of systems.entries()) lines.push(`    ${id}_s${position}["${system}"]`);
    for (const [position, table] of tables.entries()) {
      for (const system of table.systems) lines.push(`    ${id}_s${systems.indexOf(system)} --- ${id}_t${position}`);
    }
    lines.push("  end");
  }
  lines.push("  classDef joint stroke-width:4px");
  return `${lines.join("\n")}\n`;
}

/** For programs. */
export function clustersAsJson(clusters: readonly GraphCluster[]): string {
  return `${JSON.stringify({ clusters }, null, 2)}\n`;
}
