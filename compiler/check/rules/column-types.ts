import { columnType } from "../../diagnostics/codes/types.js";
import type { Rule } from "../context.js";
import { describe } from "../kinds.js";

/** Columns and session fields hold single values. */
export const columnTypes: Rule = (context) => {
  for (const { field, place, owner, namespace } of context.fields()) {
    if (place !== "column" && place !== "session field") continue;
    const isList = field.type.kind === "ArrayType";
    if (!isList && context.type(field.type, namespace).kind !== "struct") continue;
    const params = { field: field.name.text, type: isList ? "a list" : "a struct", place: describe(owner) };
    context.report(columnType, params, field.type.span);
  }
};
