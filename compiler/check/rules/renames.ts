import { wasRepeated, wasStillThere } from "../../diagnostics/codes/components.js";
import type { Span } from "../../source/span.js";
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

function check(
  context: CheckContext,
  given: readonly FormerName[],
  isStillThere: (name: string) => boolean,
  what: string,
): void {
  // One of several names is reported alone.
  const all = given.map(({ value, attribute, span }): { old: string; span: Span } => ({
    old: value,
    span: attribute.arguments.length === 1 ? attribute.span : span,
  }));
  for (const { old, span } of all) if (isStillThere(old)) context.report(wasStillThere, { old, what }, span);
  eachRepeat(
    all,
    ({ old }) => old,
    ({ old, span }, first) => context.report(wasRepeated, { old }, span, firstHere(first, "the other one")),
  );
}
