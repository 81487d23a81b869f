import { tooManyCopies } from "../../diagnostics/codes/systems.js";
import { MOST_COPIED_SYSTEMS } from "../../model/call-graph.js";
import type { Rule } from "../context.js";
import { statesOf } from "../graph.js";
import { isCallable } from "../project.js";

/** Suffixes do not make more copies than anybody can have meant. */
export const boundedCopies: Rule = (context) => {
  for (const namespace of context.namespaces.values()) {
    const copied = statesOf(namespace).filter(({ suffix }) => suffix !== undefined).length;
    if (copied < MOST_COPIED_SYSTEMS) continue;
    const calls = namespace.declarations.filter(isCallable).flatMap((declaration) => declaration.calls?.items ?? []);
    const first = calls.find(({ suffix }) => suffix !== undefined);
    if (first === undefined) continue;
    context.report(tooManyCopies, { namespace: namespace.name, limit: MOST_COPIED_SYSTEMS }, first.span);
  }
};
