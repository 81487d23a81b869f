import { indexColumnRepeated, indexTooFewColumns } from "../../diagnostics/codes/components.js";
import { readCompositeIndexes } from "../attributes/read.js";
import { findColumn } from "../column-names.js";
import type { Rule } from "../context.js";
import { fieldsByName } from "../project.js";
import { eachRepeat, firstHere } from "../repeats.js";

/** A composite index names two columns or more, all of the component, each once. */
export const compositeIndexes: Rule = (context) => {
  for (const { declaration } of context.all("ComponentDeclaration")) {
    const fields = fieldsByName(declaration.fields);
    for (const { attribute, value: names } of readCompositeIndexes(declaration)) {
      if (context.broken.touchesSpan(attribute.span)) continue;
      for (const name of names) findColumn(context, declaration, fields, name);
      const [only, second] = names;
      if (only !== undefined && second === undefined) {
        const params = { attribute: attribute.name.text, column: only.text };
        context.report(indexTooFewColumns, params, attribute.span);
      }
      eachRepeat(
        names,
        ({ text }) => text,
        ({ text, span }, first) => {
          const params = { attribute: attribute.name.text, column: text };
          context.report(indexColumnRepeated, params, span, firstHere(first, "first here"));
        },
      );
    }
  }
};
