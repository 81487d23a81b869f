import * as components from "../../diagnostics/codes/components.js";
import * as lexical from "../../diagnostics/codes/lexical.js";
import { repeatedItem } from "../../diagnostics/codes/names.js";
import * as syntax from "../../diagnostics/codes/syntax.js";
import { sizeNotTaken } from "../../diagnostics/codes/types.js";
import type { Edit, Fix } from "../../diagnostics/diagnostic.js";
import type { SchemaFile } from "../../syntax/tree.js";
import type { Snapshot } from "../project/snapshot.js";
import { forAll, preferred } from "./preferred.js";
import type { IsStored } from "./repair.js";
import { fixesOf } from "./repairs/all-repairs.js";

export const FIX_ALL = "source.fixAll.hetu";

/** What can only have been meant one way: it is put right without a question, as on saving. */
const PLAIN_CODES: ReadonlySet<string> = new Set(
  [
    lexical.unexpectedCharacter,
    lexical.malformedNumber,
    lexical.lookAlike,
    syntax.missingComma,
    syntax.extraComma,
    syntax.detachedAttribute,
    syntax.attributeWithoutDeclaration,
    syntax.optionalOnType,
    syntax.malformedRule,
    syntax.misplacedDoc,
    repeatedItem,
    sizeNotTaken,
    components.rangeEmpty,
    components.indexRepeated,
    components.indexColumnRepeated,
    components.rlsRoot,
  ].map(({ code }) => code),
);

/** Puts everything right in a file that can only have been meant one way. */
export function fixAll(snapshot: Snapshot, file: SchemaFile, isStored?: IsStored): readonly Fix[] {
  const ways = waysOf(snapshot, file, (code) => PLAIN_CODES.has(code), preferred, isStored);
  return ways.length === 0 ? [] : [{ title: "Fix all plain problems", edits: together(ways) }];
}

/** Puts all problems of one code in a file right, each in the best way, when that can be done with several. */
export function fixAllOf(snapshot: Snapshot, file: SchemaFile, wanted: string, isStored?: IsStored): readonly Fix[] {
  const ways = waysOf(snapshot, file, (code) => code === wanted, forAll, isStored);
  return ways.length < 2 ? [] : [{ title: `Fix all ${wanted} in this file`, edits: together(ways) }];
}

/** What is chosen of the ways out of each problem. */
function waysOf(
  snapshot: Snapshot,
  file: SchemaFile,
  wants: (code: string) => boolean,
  choose: typeof preferred,
  isStored: IsStored | undefined,
): readonly Fix[] {
  const problems = snapshot.diagnosticsOf(file.file.path).filter(({ code }) => wants(code));
  return problems.flatMap((problem) => {
    const best = choose((path) => snapshot.file(path), fixesOf(snapshot, file, problem, isStored));
    return best === undefined ? [] : [best];
  });
}

function together(ways: readonly Fix[]): readonly Edit[] {
  const edits: Edit[] = [];
  for (const way of ways)
    if (!way.edits.some((edit) => edits.some((other) => meet(edit, other)))) edits.push(...way.edits);
  return edits;
}

/** Whether two edits cannot both be made. The one that comes later is left for the next time. */
function meet({ span: a }: Edit, { span: b }: Edit): boolean {
  if (a.file.path !== b.file.path) return false;
  return a.start < b.end ? b.start < a.end || a.start === b.start : a.start === b.start && a.end === b.end;
}
