import { callCycle } from "../../diagnostics/codes/systems.js";
import type { Span } from "../../source/span.js";
import type { SystemDeclaration } from "../../syntax/tree.js";
import type { Rule } from "../context.js";
import { findCycles, shorten } from "../cycles.js";
import { resolveCallable } from "../resolve.js";

/** No system calls itself, suffixes aside. */
export const acyclicCalls: Rule = (context) => {
  const placed = context.all("SystemDeclaration");
  const namespaces = new Map(placed.map(({ declaration, namespace }) => [declaration, namespace]));
  const called = (system: SystemDeclaration): readonly { to: SystemDeclaration; span: Span }[] => {
    const namespace = namespaces.get(system);
    if (namespace === undefined) return [];
    return (system.calls?.items ?? []).flatMap(({ system: reference, span }) => {
      const found = resolveCallable(reference, namespace, context.namespaces);
      if (found.kind !== "found" || found.namespace !== namespace) return [];
      return found.declaration.kind === "SystemDeclaration" ? [{ to: found.declaration, span }] : [];
    });
  };
  const systems = placed.map(({ declaration }) => declaration);
  for (const { path, closing } of findCycles(systems, called)) {
    context.report(callCycle, { path: shorten(path.map(({ name }) => name.text)) }, closing.span);
  }
};
