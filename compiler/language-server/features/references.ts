import type { Location } from "vscode-languageserver-types";
import type { Snapshot } from "../project/snapshot.js";
import { locationOf, type UriOf } from "./locations.js";

/** Every place of the project that names what is named at an offset, declarations first where they are wanted. */
export function references(
  snapshot: Snapshot,
  path: string,
  offset: number,
  includeDeclaration: boolean,
  uriOf: UriOf,
): Location[] {
  const here = snapshot.symbols.at(path, offset);
  if (here === undefined) return [];
  return snapshot.symbols
    .occurrences(here.symbol)
    .filter(({ role }) => includeDeclaration || role === "reference")
    .map(({ span }) => locationOf(span, uriOf));
}
