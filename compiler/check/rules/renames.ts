import { wasRepeated, wasStillThere } from "../../diagnostics/codes/components.js";
import type { Span } from "../../source/span.js";
import type { Attribute } from "../../syntax/tree.js";
import { formerNames, type FormerName } from "../attributes/read.js";
import type { CheckContext, Rule } from "../context.js";
import { describe } from "../kinds.js";
import { eachRepeat, firstHere } from "../repeats.js";

/** `@was` names something that is gone, and no two things were the same. */
export const renames: Rule = (context) => {
  for (const namespace of context.namespaces.values()) {
    const given = namespace.declarations.flatMap((declaration) =>
      declaration.kind === "ComponentDeclaration" ? formerNames(declaration.attributes, "component") : [],
    );
    check(context, given, (name) => namespace.types.get(name)?.kind === "ComponentDeclaration", "a component");
  }
  for (const { declaration } of context.all("ComponentDeclaration")) {
    const given = declaration.fields.flatMap((field) => formerNames(field.attributes, "column"));
    if (given.length === 0) continue;
    const names = new Set(declaration.fields.map(({ name }) => name.text));
    check(context, given, (name) => names.has(name), `a column of ${describe(declaration)}`);
  }
};

/** A former name, and what is marked when it is wrong. */
interface Given {
  readonly old: string;
  readonly attribute: Attribute;
  readonly isOnlyName: boolean;
  readonly span: Span;
}

function check(
  context: CheckContext,
  given: readonly FormerName[],
  isStillThere: (name: string) => boolean,
  what: string,
): void {
  // One of several names is reported alone.
  const all = given.map(({ value, attribute, span }): Given => {
    const isOnlyName = attribute.arguments.length === 1;
    return { old: value, attribute, isOnlyName, span: isOnlyName ? attribute.span : span };
  });
  for (const { old, isOnlyName, span } of all)
    if (isStillThere(old)) context.report(wasStillThere, { old, what, isOnlyName }, span);
  eachRepeat(
    all,
    ({ old }) => old,
    ({ old, attribute, span }, first) => {
      const isListedTwice = attribute === first.attribute;
      const note = isListedTwice ? "the first time" : "the other one";
      context.report(wasRepeated, { old, isListedTwice }, span, firstHere(first, note));
    },
  );
}
