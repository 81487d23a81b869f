import { readName } from "./attributes/read.js";
import type { Declaration } from "../syntax/tree.js";
import type { Rule } from "./context.js";
import { mentionsOf } from "./mentions.js";
import { isCallable } from "./project.js";
import { isNamedTheSame, type Replaced } from "./replaced.js";
import { acyclicCalls } from "./rules/acyclic-calls.js";
import { acyclicStructs } from "./rules/acyclic-structs.js";
import { boundedCopies } from "./rules/bounded-copies.js";
import { declarationsAreUsed } from "./rules/declarations-are-used.js";
import { glueComponents } from "./rules/glue-components.js";
import { oneBackendPerCluster } from "./rules/one-backend-per-cluster.js";
import { oneSession } from "./rules/one-session.js";
import { targetNamesDiffer } from "./rules/target-names-differ.js";
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
  [targetNamesDiffer, isNamedTheSame],
  [acyclicStructs, isSameForStructs],
  [acyclicCalls, isSameForCalls],
  [boundedCopies, isSameForCalls],
  [glueComponents, isSameForCalls],
  [oneBackendPerCluster, isSameForBackends],
  [declarationsAreUsed, isSameForUses],
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

/** What a declaration names counts, and by its attributes who may use it. */
function isSameForUses(replaced: Replaced): boolean {
  const { before, now } = replaced;
  return isNamedTheSame(replaced) && namedIn(before) === namedIn(now) && attributesOf(before) === attributesOf(now);
}

function namedIn(declaration: Declaration): string {
  const { types, callables } = mentionsOf(declaration);
  const texts = [...types, ...callables].map(({ namespace, name }) => `${namespace?.text ?? ""}.${name.text}`);
  return `${types.length} ${texts.join(" ")}`;
}

/** As they are read, wherever they stand. */
function attributesOf({ attributes }: Declaration): string {
  return JSON.stringify(attributes, (key, value: unknown) =>
    key === "span" || key === "parentheses" ? undefined : value,
  );
}
