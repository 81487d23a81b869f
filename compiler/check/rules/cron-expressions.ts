import { cronInvalid } from "../../diagnostics/codes/systems.js";
import { readText } from "../attributes/read.js";
import type { Rule } from "../context.js";
import { cronProblem } from "../cron.js";

/** `@cron` has five fields that can come true. */
export const cronExpressions: Rule = (context) => {
  for (const { declaration } of context.all("SystemDeclaration")) {
    const cron = readText(declaration.attributes, "system", "cron");
    if (cron === undefined || context.broken.touchesSpan(cron.attribute.span)) continue;
    const problem = cronProblem(cron.value);
    if (problem === undefined) continue;
    const span = cron.attribute.arguments[0]?.span ?? cron.attribute.span;
    context.report(cronInvalid, { expression: cron.value, problem }, span);
  }
};
