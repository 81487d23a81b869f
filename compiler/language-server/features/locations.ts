import type { Location } from "vscode-languageserver-types";
import type { Span } from "../../source/span.js";
import { rangeOf } from "./places.js";

/** The address of a file of the project. */
export type UriOf = (path: string) => string;

export function locationOf(span: Span, uriOf: UriOf): Location {
  return { uri: uriOf(span.file.path), range: rangeOf(span) };
}
