import { otherNamespace, unknownName, unknownNamespace, wrongKind } from "../../diagnostics/codes/names.js";
import type { Declaration } from "../../syntax/tree.js";
import { clauseItems, type ClauseItem } from "../clauses.js";
import type { CheckContext, Rule } from "../context.js";
import { KEYWORDS } from "../kinds.js";
import { NAMELESS, type Namespace } from "../project.js";
import { replacement } from "../replacement.js";

const CORE = "core";

/** Every name of a clause leads to something of the clause's kind, in the same namespace or `core`. */
export const clauseNames: Rule = (context) => {
  for (const { declaration, namespace } of context.callables()) {
    const isBroken = context.broken.touchesMembers(declaration);
    for (const item of clauseItems(declaration)) checkItem(context, item, namespace, isBroken);
  }
};

function checkItem(context: CheckContext, item: ClauseItem, from: Namespace, isBroken: boolean): void {
  const { clause, expected, reference } = item;
  const name = reference.name.text;
  const prefix = reference.namespace?.text;
  if (prefix !== undefined && prefix !== from.name && prefix !== CORE) {
    if (from.name === NAMELESS) return;
    reportOther(context, clause, prefix, item, from);
    return;
  }
  const found = prefix === CORE ? undefined : lookUp(from, name, expected);
  if (found?.kind === expected) return;
  if (found !== undefined) {
    // Without its keyword, a clause goes on where the one before it was.
    if (isBroken) return;
    context.report(wrongKind, { name, is: withArticle(found.kind), expected: withArticle(expected) }, reference.span);
    return;
  }
  if (from.name === NAMELESS || context.broken.mayDeclare(name, KEYWORDS[expected])) return;
  if (context.broken.touchesSpan(reference.span)) return;
  const what = KEYWORDS[expected];
  const where = `namespace \`${prefix ?? from.name}\``;
  const suggestion = prefix === CORE ? undefined : context.suggestions.nearest(name, candidates(from, expected));
  const fix = replacement(reference.name.span, suggestion);
  context.report(unknownName, { what, name, where, suggestion }, reference.span, fix);
}

function reportOther(
  context: CheckContext,
  clause: ClauseItem["clause"],
  prefix: string,
  { reference, expected }: ClauseItem,
  from: Namespace,
): void {
  const other = context.namespaces.get(prefix);
  const span = reference.namespace?.span ?? reference.span;
  if (other === undefined) {
    const suggestion = context.suggestions.nearest(prefix, context.namespaces.keys());
    context.report(unknownNamespace, { name: prefix, suggestion }, span, replacement(span, suggestion));
    return;
  }
  const declared = lookUp(other, reference.name.text, expected);
  const related = declared === undefined ? [] : [{ message: "declared here", span: declared.name.span }];
  const name = `${prefix}.${reference.name.text}`;
  context.report(otherNamespace, { clause, name, namespace: from.name }, reference.span, { related });
}

/** What is declared under the name: of the expected kind if possible, otherwise whatever there is. */
function lookUp(
  namespace: Namespace,
  name: string,
  expected: ClauseItem["expected"],
): Exclude<Declaration, { kind: "SessionDeclaration" }> | undefined {
  const type = namespace.types.get(name);
  const callable = namespace.callables.get(name);
  return expected === "SystemDeclaration" ? (callable ?? type) : (type ?? callable);
}

function* candidates(namespace: Namespace, expected: ClauseItem["expected"]): Generator<string> {
  const scope = expected === "SystemDeclaration" ? namespace.callables : namespace.types;
  for (const [name, { kind }] of scope) if (kind === expected) yield name;
}

function withArticle(kind: Declaration["kind"]): string {
  const keyword = KEYWORDS[kind];
  return `${/^[aeiou]/.test(keyword) ? "an" : "a"} ${keyword}`;
}
