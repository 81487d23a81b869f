import { defaultNotAllowed } from "../../diagnostics/codes/types.js";
import { PLACE_NAMES } from "../attributes/places.js";
import type { Rule } from "../context.js";

/** Only columns have defaults. */
export const defaultsOnColumns: Rule = (context) => {
  for (const { field, place } of context.fields()) {
    if (field.default === undefined || field.default.kind === "ErrorValue" || place === "column") continue;
    const help = place === "session field" ? "it is unset until the server sets it" : undefined;
    context.report(defaultNotAllowed, { field: field.name.text, place: PLACE_NAMES[place], help }, field.default.span);
  }
};
