import { endpointClause } from "../../diagnostics/codes/systems.js";
import type { Rule } from "../context.js";

/** An endpoint has neither `uses` nor `emits`. */
export const endpointClauses: Rule = (context) => {
  for (const { declaration } of context.all("EndpointDeclaration")) {
    const endpoint = declaration.name.text;
    if (declaration.uses !== undefined) {
      context.report(endpointClause, { endpoint, clause: "uses" }, declaration.uses.keyword);
    }
    if (declaration.emits !== undefined) {
      context.report(endpointClause, { endpoint, clause: "emits" }, declaration.emits.keyword);
    }
  }
};
