import { systemStates } from "./call-graph.js";
import { findClusters } from "./clusters.js";
import { findCopies } from "./copies.js";
import { fingerprintNamespaces, modelFingerprint, type UnprintedNamespace } from "./fingerprint.js";
import { deepFreeze } from "./freeze.js";
import type { ComponentModel, EndpointModel, Model, NamespaceModel, SystemModel } from "./model.js";
import { allRejects } from "./rejects.js";

/** A namespace as it is declared, without what follows from it. `rejects` are those that are written. */
export interface DeclaredNamespace extends Omit<NamespaceModel, "fingerprint" | "clusters" | "components" | "systems"> {
  readonly components: readonly Omit<ComponentModel, "copies">[];
  readonly systems: readonly Omit<SystemModel, "cluster">[];
}

/**
 * Completes namespaces that have no errors to the frozen model: works out clusters, copies, the errors of called
 * systems and the fingerprints. The same input gives the same model, to the byte.
 */
export function buildModel(declared: readonly DeclaredNamespace[]): Model {
  const namespaces = fingerprintNamespaces(declared.map(complete));
  return deepFreeze({ format: 1, fingerprint: modelFingerprint(namespaces), namespaces });
}

function complete(declared: DeclaredNamespace): UnprintedNamespace {
  const states = systemStates(declared);
  const clusters = findClusters(states);
  const copies = findCopies(states);
  const rejects = allRejects([...declared.systems, ...declared.endpoints]);
  const clusterOf = new Map(clusters.flatMap(({ systems }, index) => systems.map((name) => [name, index] as const)));
  return {
    ...declared,
    components: declared.components.map((component) => ({ ...component, copies: copies.get(component.name) ?? [] })),
    systems: declared.systems.map((system): SystemModel => {
      const cluster = clusterOf.get(system.name);
      const all = { ...system, rejects: rejects.get(system.name) ?? [] };
      return cluster === undefined ? all : { ...all, cluster };
    }),
    endpoints: declared.endpoints.map((endpoint): EndpointModel => {
      return { ...endpoint, rejects: rejects.get(endpoint.name) ?? [] };
    }),
    clusters,
  };
}
