import type { Range } from "vscode-languageserver-types";
import type { Snapshot } from "../project/snapshot.js";
import { rangeOf } from "./places.js";

/** Ranges that an editor keeps the same while one of them is typed in. */
export interface LinkedRanges {
  ranges: Range[];
  /** A regular expression: typing something else ends it. */
  wordPattern: string;
}

/**
 * The places that change together while a column's name is typed: its declaration and the attributes of its component.
 * Nothing for what other files name too, which a rename is for, and for what nothing else names.
 */
export function linkedEditing(snapshot: Snapshot, path: string, offset: number): LinkedRanges | undefined {
  const here = snapshot.symbols.at(path, offset);
  if (here?.symbol.kind !== "field") return undefined;
  const all = snapshot.symbols.occurrences(here.symbol);
  if (all.length < 2 || all.some(({ span }) => span.file.path !== path)) return undefined;
  // Two fields of one name: which of them the others mean is not known any more.
  if (all.filter(({ role }) => role === "declaration").length > 1) return undefined;
  return { ranges: all.map(({ span }) => rangeOf(span)), wordPattern: "[A-Za-z][A-Za-z0-9_]*" };
}
