import { duplicateSession } from "../../diagnostics/codes/names.js";
import type { Rule } from "../context.js";
import { firstHere } from "../repeats.js";

/** A namespace has one session at most. */
export const oneSession: Rule = (context) => {
  for (const { declaration, namespace } of context.all("SessionDeclaration")) {
    if (namespace.session === undefined || namespace.session === declaration) continue;
    const first = firstHere({ span: namespace.session.keyword });
    context.report(duplicateSession, { namespace: namespace.name }, declaration.keyword, first);
  }
};
