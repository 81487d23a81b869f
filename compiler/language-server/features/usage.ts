import { statesOf } from "../../check/graph.js";
import { isCallable, type CallableDeclarationNode, type Namespace } from "../../check/project.js";
import { resolveCallable, resolveType } from "../../check/resolve.js";
import { findClusters } from "../../model/clusters.js";
import type { Span } from "../../source/span.js";
import type { ComponentDeclaration, NameReference, SystemDeclaration } from "../../syntax/tree.js";
import type { Snapshot } from "../project/snapshot.js";

/** Where a system or an endpoint names something; its first mention of it. */
type Mentions = Map<CallableDeclarationNode, Span>;

/** Who uses and calls what in a project; worked out once for a snapshot, in time that grows with the text. */
export class Usage {
  readonly #snapshot: Snapshot;
  readonly #users = new Map<ComponentDeclaration, Mentions>();
  readonly #callers = new Map<CallableDeclarationNode, Mentions>();
  readonly #tables = new Map<Namespace, (system: string) => number>();
  readonly #clusters = new Map<Namespace, Clusters | undefined>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    const { context } = snapshot;
    for (const { declaration: user, namespace } of context.callables()) {
      for (const item of user.uses?.items ?? []) {
        const found = resolveType(item, namespace, context.namespaces);
        if (found.kind === "found" && found.declaration.kind === "ComponentDeclaration") {
          mention(this.#users, found.declaration, user, item);
        }
      }
      for (const { system } of user.calls?.items ?? []) {
        const found = resolveCallable(system, namespace, context.namespaces);
        if (found.kind === "found") mention(this.#callers, found.declaration, user, system);
      }
    }
  }

  /** Where systems name a component in `uses`, one place each. */
  usersOf(component: ComponentDeclaration): readonly Span[] {
    return [...(this.#users.get(component)?.values() ?? [])];
  }

  /** Where systems and endpoints call one, one place each. */
  callersOf(callable: CallableDeclarationNode): readonly Span[] {
    return [...(this.#callers.get(callable)?.values() ?? [])];
  }

  /** How many tables a transaction of a system may touch: its own and those of what it calls, copies counted apart. */
  tablesOf(system: SystemDeclaration, namespace: Namespace): number {
    let count = this.#tables.get(namespace);
    if (count === undefined) {
      count = tableCounter(namespace);
      this.#tables.set(namespace, count);
    }
    return count(system.name.text);
  }

  /** The number that `hetuc graph` gives the cluster of a thing; `undefined` without one, and while there are errors. */
  clusterOf(declaration: ComponentDeclaration | SystemDeclaration, namespace: Namespace): number | undefined {
    if (!this.#clusters.has(namespace)) this.#clusters.set(namespace, this.#clustersOf(namespace));
    const clusters = this.#clusters.get(namespace);
    const name = declaration.name.text;
    return isCallable(declaration) ? clusters?.systems.get(name) : clusters?.tables.get(name);
  }

  #clustersOf(namespace: Namespace): Clusters | undefined {
    if (this.#snapshot.diagnostics.some(({ severity }) => severity === "error")) return undefined;
    const clusters = findClusters(statesOf(namespace));
    const numbers = (of: "tables" | "systems"): ReadonlyMap<string, number> =>
      new Map(clusters.flatMap((cluster, number) => cluster[of].map((name) => [name, number] as const)));
    return { tables: numbers("tables"), systems: numbers("systems") };
  }
}

/** Numbers of clusters by the names in them. */
interface Clusters {
  readonly tables: ReadonlyMap<string, number>;
  readonly systems: ReadonlyMap<string, number>;
}

const known = new WeakMap<Snapshot, Usage>();

/** Who uses and calls what in a snapshot. */
export function usageOf(snapshot: Snapshot): Usage {
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const usage = new Usage(snapshot);
  known.set(snapshot, usage);
  return usage;
}

function mention<D extends object>(
  all: Map<D, Mentions>,
  declaration: D,
  by: CallableDeclarationNode,
  { name }: NameReference,
): void {
  const mentions = all.get(declaration);
  if (mentions === undefined) all.set(declaration, new Map([[by, name.span]]));
  else if (!mentions.has(by)) mentions.set(by, name.span);
}

function tableCounter(namespace: Namespace): (system: string) => number {
  const states = statesOf(namespace);
  const positions = new Map(
    states.flatMap(({ system, suffix }, position) => (suffix === undefined ? [[system.name, position] as const] : [])),
  );
  return (system) => {
    const start = positions.get(system);
    const reached = new Set(start === undefined ? [] : [start]);
    const tables = new Set<string>();
    // What is added while a set is gone through is gone through, too.
    for (const position of reached) {
      for (const table of states[position]?.tables ?? []) tables.add(table);
      for (const callee of states[position]?.calls ?? []) reached.add(callee);
    }
    return tables.size;
  };
}
