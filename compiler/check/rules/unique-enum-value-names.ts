import { duplicateEnumValue } from "../../diagnostics/codes/names.js";
import type { Rule } from "../context.js";
import { describe } from "../kinds.js";
import { eachRepeat, firstHere } from "../repeats.js";

/** The values of an enum have different names. */
export const uniqueEnumValueNames: Rule = (context) => {
  for (const { declaration } of context.all("EnumDeclaration")) {
    const owner = describe(declaration);
    eachRepeat(
      declaration.values.map(({ name }) => name),
      ({ text }) => text,
      (name, first) => context.report(duplicateEnumValue, { name: name.text, owner }, name.span, firstHere(first)),
    );
  }
};
