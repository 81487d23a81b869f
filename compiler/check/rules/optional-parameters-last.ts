import { optionalNotLast } from "../../diagnostics/codes/types.js";
import type { Rule } from "../context.js";

/** No required parameter comes after an optional one. */
export const optionalParametersLast: Rule = (context) => {
  for (const { declaration } of context.callables()) {
    const { params, parentheses } = declaration;
    if (context.broken.touchesSpan(parentheses)) continue;
    const lastRequired = params.findLastIndex(({ optional }) => optional === undefined);
    const later = params[lastRequired];
    if (later === undefined) continue;
    for (const param of params.slice(0, lastRequired)) {
      if (param.optional === undefined) continue;
      context.report(optionalNotLast, { name: param.name.text, later: later.name.text }, param.name.span);
    }
  }
};
