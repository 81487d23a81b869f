import { noClause } from "../../diagnostics/codes/systems.js";
import type { Rule } from "../context.js";

/** A system says what it does in one clause at least. */
export const systemsHaveClauses: Rule = (context) => {
  for (const { declaration } of context.all("SystemDeclaration")) {
    const { uses, calls, rejects, emits, name } = declaration;
    if ((uses ?? calls ?? rejects ?? emits) !== undefined || context.broken.touchesMembers(declaration)) continue;
    context.report(noClause, { system: name.text }, name.span);
  }
};
