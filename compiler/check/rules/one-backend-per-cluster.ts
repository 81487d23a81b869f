import { backendsDiffer } from "../../diagnostics/codes/components.js";
import { findClusters } from "../../model/clusters.js";
import { readName } from "../attributes/read.js";
import type { CheckContext, Rule } from "../context.js";
import { statesOf } from "../graph.js";
import type { Namespace } from "../project.js";
import { firstHere } from "../repeats.js";

const DEFAULT_BACKEND = "the default store";

/** All components of a cluster are in the same store. */
export const oneBackendPerCluster: Rule = (context) => {
  for (const namespace of context.namespaces.values()) {
    const backends = new Map<string, string>();
    for (const declaration of namespace.types.values()) {
      const backend = readName(declaration, "backend")?.value;
      if (backend !== undefined) backends.set(declaration.name.text, backend);
    }
    if (backends.size > 0) checkClusters(context, namespace, backends);
  }
};

function checkClusters(context: CheckContext, namespace: Namespace, backends: ReadonlyMap<string, string>): void {
  const reported = new Set<string>();
  for (const { tables } of findClusters(statesOf(namespace))) {
    const [first, ...others] = new Set(tables.map((table) => table.split(":")[0] ?? table));
    if (first === undefined) continue;
    const backendOf = (component: string): string => backends.get(component) ?? DEFAULT_BACKEND;
    for (const second of others) {
      if (backendOf(second) === backendOf(first) || reported.has(second)) continue;
      reported.add(second);
      const [a, b] = [namespace.types.get(first), namespace.types.get(second)];
      if (a === undefined || b === undefined) continue;
      const params = { first, firstBackend: backendOf(first), second, secondBackend: backendOf(second) };
      context.report(backendsDiffer, params, b.name.span, firstHere(a.name, "in the same cluster"));
    }
  }
}
