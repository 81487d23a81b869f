import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { buildModel } from "../model/build.js";
import type { Model } from "../model/model.js";
import type { SchemaFile } from "../syntax/tree.js";
import { CheckContext } from "./context.js";
import { lower } from "./lower/lower.js";
import { RULES, RULES_OF_THE_WHOLE } from "./rules/index.js";
import type { SettledDeclarations } from "./settled.js";

export interface CheckResult {
  /** Names and types of the project as the rules saw them. */
  readonly context: CheckContext;
  /** What the rules have found, in no particular order. */
  readonly diagnostics: readonly Diagnostic[];
  /** Builds the model; only when neither the parser nor a rule has found an error. */
  readonly build?: () => Model;
}

/**
 * Applies every rule to a project.
 *
 * @param files ordered by path, so that the result does not depend on the order in which they were found.
 * @param syntaxProblems what the parser has said of them; nothing that follows from it is reported.
 * @param settled what is known from the last time. The result is the same without it.
 */
export function check(
  files: readonly SchemaFile[],
  syntaxProblems: readonly Diagnostic[],
  settled?: SettledDeclarations,
): CheckResult {
  const context = new CheckContext(files, syntaxProblems);
  const open = settled?.unsettled(context);
  const narrowed = open === undefined ? context : context.narrowedTo(open);
  let excuses = 0;
  for (const rule of RULES) {
    const excusesBefore = context.broken.excuses;
    if (!RULES_OF_THE_WHOLE.has(rule)) {
      rule(narrowed);
      excuses += context.broken.excuses - excusesBefore;
    } else if (settled?.isQuiet(rule) !== true) {
      const findings = context.diagnostics.length;
      rule(context);
      const isQuiet = context.diagnostics.length === findings && context.broken.excuses === excusesBefore;
      if (isQuiet) settled?.quieten(rule, context);
    }
  }
  if (open !== undefined && excuses === 0) settled?.settle(context, open);
  const { diagnostics } = context;
  const hasErrors = [...syntaxProblems, ...diagnostics].some(({ severity }) => severity === "error");
  return hasErrors ? { context, diagnostics } : { context, diagnostics, build: () => buildModel(lower(context)) };
}
