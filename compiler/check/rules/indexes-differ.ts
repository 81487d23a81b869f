import { indexRepeated } from "../../diagnostics/codes/components.js";
import type { Rule } from "../context.js";
import { declaredIndexes, type DeclaredIndex } from "../indexes.js";
import { eachRepeat, firstHere } from "../repeats.js";

/** No two indexes of a component have the same columns in the same order. */
export const indexesDiffer: Rule = (context) => {
  for (const { declaration } of context.all("ComponentDeclaration")) {
    if (context.broken.touches(declaration)) continue;
    eachRepeat(
      // The same attribute twice on a field is told of by the rule for attributes.
      declaredIndexes(declaration).filter(isFirstOfField),
      ({ name }) => name,
      ({ name, span }, first) =>
        context.report(indexRepeated, { index: name }, span, firstHere(first, "the other one")),
    );
  }
};

function isFirstOfField(
  { name, unique, fields }: DeclaredIndex,
  position: number,
  all: readonly DeclaredIndex[],
): boolean {
  const previous = all[position - 1];
  return fields.length > 1 || previous?.name !== name || previous.unique !== unique;
}
