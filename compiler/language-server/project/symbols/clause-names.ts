import { resolveCallable, resolveType } from "../../../check/resolve.js";
import type { CallableDeclarationNode } from "../../../check/project.js";
import type { Scope } from "./scope.js";

/** The names in `uses`, `calls`, `rejects` and `emits`. */
export function addClauseNames(scope: Scope, { uses, calls, rejects, emits }: CallableDeclarationNode): void {
  const { namespaces } = scope.context;
  for (const clause of [uses, rejects, emits]) {
    for (const item of clause?.items ?? []) {
      scope.addReference(item, resolveType(item, scope.namespace, namespaces));
    }
  }
  for (const { system, suffix } of calls?.items ?? []) {
    scope.addReference(system, resolveCallable(system, scope.namespace, namespaces));
    if (suffix === undefined) continue;
    scope.add({ kind: "copy", namespace: scope.namespace.name, suffix: suffix.text }, suffix.span);
  }
}
