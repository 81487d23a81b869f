import { rlsWithPermission } from "../../diagnostics/codes/components.js";
import type { Rule } from "../context.js";
import { firstHere } from "../repeats.js";

/** A component has `@rls` or `@permission`, not both. */
export const rlsOrPermission: Rule = (context) => {
  for (const { declaration } of context.all("ComponentDeclaration")) {
    const [permission, rule] = ["permission", "rls"].map((wanted) =>
      declaration.attributes.find(({ name }) => name.text === wanted),
    );
    if (permission === undefined || rule === undefined) continue;
    const params = { component: declaration.name.text };
    context.report(rlsWithPermission, params, rule.span, firstHere(permission, "`@permission` is here"));
  }
};
