import type { Declaration } from "../../syntax/tree.js";
import { KEYWORDS, type FieldPlace, type Keyword } from "../kinds.js";

/** What an attribute can stand on. */
export type Place = Keyword | FieldPlace | "enum value";

/** `@index` belongs on `a component`, on `a field of a component`, … */
export const PLACE_NAMES: Readonly<Record<Place, string>> = {
  enum: "an enum",
  "enum value": "an enum value",
  session: "a session",
  "session field": "a field of the session",
  component: "a component",
  column: "a field of a component",
  struct: "a struct",
  "struct field": "a field of a struct",
  error: "an error",
  "error field": "a field of an error",
  event: "an event",
  "event field": "a field of an event",
  system: "a system",
  endpoint: "an endpoint",
  parameter: "a parameter",
};

export function placeOfDeclaration(declaration: Declaration): Place {
  return KEYWORDS[declaration.kind];
}
