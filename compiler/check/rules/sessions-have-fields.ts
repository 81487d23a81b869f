import { emptySession } from "../../diagnostics/codes/style.js";
import type { Rule } from "../context.js";

/** A session has fields. */
export const sessionsHaveFields: Rule = (context) => {
  for (const { declaration, namespace } of context.all("SessionDeclaration")) {
    if (declaration.fields.length > 0 || context.broken.touchesMembers(declaration)) continue;
    context.report(emptySession, { namespace: namespace.name }, declaration.keyword);
  }
};
