import { readName } from "./attributes/read.js";
import type { Rule } from "./context.js";
import { isCallable } from "./project.js";
import { isNamedTheSame, type Replaced } from "./replaced.js";
import { acyclicCalls } from "./rules/acyclic-calls.js";
import { acyclicStructs } from "./rules/acyclic-structs.js";
import { boundedCopies } from "./rules/bounded-copies.js";
import { glueComponents } from "./rules/glue-components.js";
import { oneBackendPerCluster } from "./rules/one-backend-per-cluster.js";
import { oneSession } from "./rules/one-session.js";
import { uniqueCallableNames } from "./rules/unique-callable-names.js";
import { uniqueTypeNames } from "./rules/unique-type-names.js";

/**
 * Rules of the whole (`RULES_OF_THE_WHOLE`) that look at little of each declaration, with the question whether they see
 * no difference between two. One that is not listed here runs at each key.
 */
export const INDIFFERENT_RULES: ReadonlyMap<Rule, (replaced: Replaced) => boolean> = new Map([
  [uniqueTypeNames, isNamedTheSame],
  [uniqueCallableNames, isNamedTheSame],
  [oneSession, isNamedTheSame],
  [acyclicStructs, isSameForStructs],
  [acyclicCalls, isSameForCalls],
  [boundedCopies, isSameForCalls],
  [glueComponents, isSameForCalls],
  [oneBackendPerCluster, isSameForBackends],
]);

function isSameForStructs(replaced: Replaced): boolean {
  return isNamedTheSame(replaced) && replaced.now.kind !== "StructDeclaration";
}

/** Of what systems name, its name and its kind count. */
function isSameForCalls(replaced: Replaced): boolean {
  return isNamedTheSame(replaced) && !isCallable(replaced.now);
}

function isSameForBackends(replaced: Replaced): boolean {
  const { before, now } = replaced;
  return isSameForCalls(replaced) && readName(before, "backend")?.value === readName(now, "backend")?.value;
}
