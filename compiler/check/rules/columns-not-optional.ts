import { columnOptional } from "../../diagnostics/codes/types.js";
import type { Rule } from "../context.js";
import { describe } from "../kinds.js";

/** Columns are never null, and session fields are optional without saying so. */
export const columnsNotOptional: Rule = (context) => {
  for (const { field, place, owner } of context.fields()) {
    if (field.optional === undefined || (place !== "column" && place !== "session field")) continue;
    context.report(columnOptional, { field: field.name.text, place: describe(owner) }, field.optional);
  }
};
