import { triggerSignature } from "../../diagnostics/codes/systems.js";
import type { Rule } from "../context.js";
import { triggersOf } from "../triggers.js";

/** What the engine runs by itself has no parameters and no result. */
export const triggerSignatures: Rule = (context) => {
  for (const { declaration } of context.all("SystemDeclaration")) {
    const [trigger] = triggersOf(declaration);
    if (trigger === undefined || context.broken.touches(declaration)) continue;
    const { name, params, parentheses, result } = declaration;
    const common = { attribute: trigger.name.text, system: name.text };
    const related = [{ message: "run by the engine", span: trigger.span }];
    if (params.length > 0) {
      context.report(triggerSignature, { ...common, part: "parameters" }, parentheses, { related });
    }
    if (result !== undefined)
      context.report(triggerSignature, { ...common, part: "a result" }, result.span, { related });
  }
};
