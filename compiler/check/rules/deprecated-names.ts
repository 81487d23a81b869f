import { deprecatedName } from "../../diagnostics/codes/style.js";
import type { Span } from "../../source/span.js";
import type { Attribute } from "../../syntax/tree.js";
import { hasAttribute, readText } from "../attributes/read.js";
import { placeOfDeclaration, type Place } from "../attributes/places.js";
import { clauseItems } from "../clauses.js";
import type { CheckContext, Rule } from "../context.js";
import { innermost } from "../innermost.js";
import { describe } from "../kinds.js";
import type { CallableDeclarationNode, Namespace, TypeDeclaration } from "../project.js";
import { resolveCallable, resolveType } from "../resolve.js";

/**
 * What is `@deprecated` is named only by what is `@deprecated` itself: types, the names in clauses, and values of enums
 * as defaults. Columns and parameters are used by server code and clients alone, whose compilers tell of them.
 */
export const deprecatedNames: Rule = (context) => {
  for (const { field, owner, namespace } of context.fields()) {
    if (isDeprecated(field) || isDeprecated(owner)) continue;
    checkType(context, field.type, namespace);
    if (field.default?.kind !== "NameReference" || field.default.namespace !== undefined) continue;
    const type = context.type(field.type, namespace);
    const { text: name, span } = field.default.name;
    const value = type.kind === "enum" ? type.declaration.values.find((each) => each.name.text === name) : undefined;
    if (value !== undefined) check(context, value, "enum value", `value \`${name}\``, span);
  }
  for (const { declaration, namespace } of context.callables()) {
    if (isDeprecated(declaration)) continue;
    if (declaration.result !== undefined) checkType(context, declaration.result.type, namespace);
    for (const { expected, reference } of clauseItems(declaration)) {
      const find = expected === "SystemDeclaration" ? resolveCallable : resolveType;
      const found = find(reference, namespace, context.namespaces);
      if (found.kind === "found") checkDeclaration(context, found.declaration, reference.name.span);
    }
  }
};

interface Attributed {
  readonly attributes: readonly Attribute[];
}

function isDeprecated({ attributes }: Attributed): boolean {
  return hasAttribute(attributes, "deprecated");
}

function checkType(context: CheckContext, type: Parameters<typeof innermost>[0], from: Namespace): void {
  const reference = innermost(type)?.reference;
  if (reference === undefined) return;
  const found = resolveType(reference, from, context.namespaces);
  if (found.kind === "found") checkDeclaration(context, found.declaration, reference.name.span);
}

function checkDeclaration(
  context: CheckContext,
  declaration: TypeDeclaration | CallableDeclarationNode,
  span: Span,
): void {
  check(context, declaration, placeOfDeclaration(declaration), describe(declaration), span);
}

function check(context: CheckContext, named: Attributed, place: Place, what: string, span: Span): void {
  if (!isDeprecated(named)) return;
  const why = readText(named.attributes, place, "deprecated");
  const related = why === undefined ? [] : [{ message: "deprecated here", span: why.attribute.span }];
  context.report(deprecatedName, { what, why: why?.value }, span, { related });
}
