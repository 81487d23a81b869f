import { duplicateField, duplicateParameter } from "../../diagnostics/codes/names.js";
import type { Rule } from "../context.js";
import { describe, fieldsOf } from "../kinds.js";
import { fieldsByName, isCallable } from "../project.js";
import { eachRepeat, firstHere } from "../repeats.js";

/** The fields of a declaration, and the parameters of a system or endpoint, have different names. */
export const uniqueFieldNames: Rule = (context) => {
  for (const { declaration } of context.declarations) {
    if (declaration.kind === "EnumDeclaration") continue;
    const fields = fieldsOf(declaration);
    if (fieldsByName(fields).size === fields.length || context.broken.touches(declaration)) continue;
    const definition = isCallable(declaration) ? duplicateParameter : duplicateField;
    const owner = describe(declaration);
    eachRepeat(
      fields.map(({ name }) => name),
      ({ text }) => text,
      (name, first) => context.report(definition, { name: name.text, owner }, name.span, firstHere(first)),
    );
  }
};
