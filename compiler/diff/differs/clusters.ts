import type { NamespaceModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { changed } from "../row.js";
import { clustersJoined } from "../rows/components.js";
import type { Sides } from "../side.js";

/** Tables that lay apart and now have to lie together. Those that came apart may stay together. */
export function clusterChanges(_sides: Sides, old: NamespaceModel, now: NamespaceModel): readonly Change[] {
  const before = clusterOfTables(old);
  return now.clusters.flatMap(({ tables }): readonly Change[] => {
    const known = tables.filter((table) => before.has(table));
    // One of each of the clusters that have become one.
    const parts = new Map(known.map((table) => [before.get(table), table]));
    const [first = ""] = known;
    if (parts.size < 2) return [];
    const name = first.split(":", 1)[0] ?? first;
    const subject = {
      namespace: now.name,
      word: "component",
      path: name,
      place: { kind: "component" as const, name },
    };
    return [changed(clustersJoined, subject, { tables: [...parts.values()] }, { clients: true, data: true })];
  });
}

/** Tables that no system touches lie together, one group for each backend. */
function clusterOfTables({ clusters, components }: NamespaceModel): ReadonlyMap<string, string> {
  const found = new Map(components.map(({ name, backend }) => [name, `idle ${backend ?? ""}`]));
  clusters.forEach(({ tables }, number) => {
    for (const table of tables) found.set(table, String(number));
  });
  return found;
}
