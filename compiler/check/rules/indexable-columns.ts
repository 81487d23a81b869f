import { notIndexable } from "../../diagnostics/codes/components.js";
import type { Rule } from "../context.js";
import { declaredIndexes } from "../indexes.js";
import { typeText } from "../types.js";

/** No index has a column of bytes. */
export const indexableColumns: Rule = (context) => {
  for (const { declaration, namespace } of context.all("ComponentDeclaration")) {
    for (const { fields, span } of declaredIndexes(declaration)) {
      for (const { name, type: node } of fields) {
        const type = context.type(node, namespace);
        if (type.kind === "bytes") context.report(notIndexable, { field: name.text, type: typeText(type) }, span);
      }
    }
  }
};
