import { staleCalls, staleEmits } from "../../diagnostics/codes/systems.js";
import { hasAttribute } from "../attributes/read.js";
import type { Rule } from "../context.js";
import { resolveCallable } from "../resolve.js";

/** A `@stale` system sends nothing, and what it calls is `@stale` too. */
export const staleOnlyReads: Rule = (context) => {
  for (const { declaration, namespace } of context.all("SystemDeclaration")) {
    if (!hasAttribute(declaration.attributes, "stale")) continue;
    const system = declaration.name.text;
    if (declaration.emits !== undefined) context.report(staleEmits, { system }, declaration.emits.keyword);
    for (const { system: reference } of declaration.calls?.items ?? []) {
      const found = resolveCallable(reference, namespace, context.namespaces);
      if (found.kind !== "found" || found.declaration.kind !== "SystemDeclaration") continue;
      if (hasAttribute(found.declaration.attributes, "stale") || context.broken.touches(found.declaration)) continue;
      const related = [{ message: "it is declared here", span: found.declaration.name.span }];
      context.report(staleCalls, { system, called: found.declaration.name.text }, reference.span, { related });
    }
  }
};
