import { uniqueDefault } from "../../diagnostics/codes/style.js";
import { hasAttribute } from "../attributes/read.js";
import type { Rule } from "../context.js";

/** A column with a unique index of its own has no default. */
export const uniqueColumnsWithoutDefault: Rule = (context) => {
  for (const { field, place, owner } of context.fields()) {
    if (place !== "column" || field.default === undefined || !hasAttribute(field.attributes, "unique")) continue;
    if (context.broken.touches(owner)) continue;
    context.report(uniqueDefault, { field: field.name.text }, field.default.span);
  }
};
