import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { buildModel } from "../model/build.js";
import type { Model } from "../model/model.js";
import type { SchemaFile } from "../syntax/tree.js";
import { CheckContext } from "./context.js";
import { lower } from "./lower/lower.js";
import { RULES } from "./rules/index.js";

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
 */
export function check(files: readonly SchemaFile[], syntaxProblems: readonly Diagnostic[]): CheckResult {
  const context = new CheckContext(files, syntaxProblems);
  for (const rule of RULES) rule(context);
  const { diagnostics } = context;
  const hasErrors = [...syntaxProblems, ...diagnostics].some(({ severity }) => severity === "error");
  return hasErrors ? { context, diagnostics } : { context, diagnostics, build: () => buildModel(lower(context)) };
}
