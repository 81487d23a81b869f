import { hiddenAnyway } from "../../diagnostics/codes/style.js";
import { hasAttribute, readFieldName, readName } from "../attributes/read.js";
import type { Rule } from "../context.js";

/** Columns are hidden only where somebody but admins may read the rows. */
export const hiddenColumnsOfReadableRows: Rule = (context) => {
  for (const { declaration } of context.all("ComponentDeclaration")) {
    if (context.broken.touches(declaration)) continue;
    const permission = readName(declaration, "permission")?.value;
    const isAdminOnly = permission === "admin" || !hasAttribute(declaration.attributes, "permission");
    if (!isAdminOnly || hasAttribute(declaration.attributes, "rls")) continue;
    for (const field of declaration.fields) {
      const hidden = readFieldName(field, "column", "permission");
      if (hidden === undefined) continue;
      const params = { field: field.name.text, component: declaration.name.text };
      context.report(hiddenAnyway, params, hidden.attribute.span);
    }
  }
};
