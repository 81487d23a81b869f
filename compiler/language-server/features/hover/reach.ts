import { clauseItems } from "../../../check/clauses.js";
import type { CallableDeclarationNode, Namespace } from "../../../check/project.js";
import type { NameReference } from "../../../syntax/tree.js";

/** What a call leads to, through the systems that it calls, theirs, and so on. */
export interface Reach {
  /** Tables: `Component` or `Component:Copy`. Those of its own `uses` are not among them. */
  readonly tables: readonly string[];
  /** Every error, its own first. */
  readonly rejects: readonly string[];
}

/** Works on what can be read: names that lead nowhere are passed over, and cycles do no harm. */
export function reachOf(callable: CallableDeclarationNode, namespace: Namespace): Reach {
  const own = new Set(names(callable.uses?.items));
  const tables = new Set<string>();
  const rejects = new Set(names(callable.rejects?.items));
  const seen = new Set<string>();
  const pending = calls(callable, undefined);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const key = `${next.name}:${next.suffix ?? ""}`;
    const called = namespace.callables.get(next.name);
    if (seen.has(key) || called === undefined) continue;
    seen.add(key);
    for (const component of names(called.uses?.items)) {
      const table = next.suffix === undefined ? component : `${component}:${next.suffix}`;
      if (!own.has(table)) tables.add(table);
    }
    for (const error of names(called.rejects?.items)) rejects.add(error);
    pending.push(...calls(called, next.suffix));
  }
  return { tables: [...tables], rejects: [...rejects] };
}

/** The systems whose `uses` name a component, and those whose `calls` name a system. */
export function usersOf(name: string, clause: "uses" | "calls" | "rejects" | "emits", namespace: Namespace): string[] {
  return [...namespace.callables.values()].flatMap((callable) =>
    clauseItems(callable).some((item) => item.clause === clause && item.reference.name.text === name)
      ? [callable.name.text]
      : [],
  );
}

export function names(references: readonly NameReference[] = []): string[] {
  return references.map(({ name }) => name.text);
}

/** The outermost copy wins. */
function calls(
  { calls: clause }: CallableDeclarationNode,
  outer: string | undefined,
): { name: string; suffix: string | undefined }[] {
  return (clause?.items ?? [])
    .map(({ system, suffix }) => ({ name: system.name.text, suffix: outer ?? suffix?.text }))
    .reverse();
}
