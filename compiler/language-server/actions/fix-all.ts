import * as attributes from "../../diagnostics/codes/attributes.js";
import * as components from "../../diagnostics/codes/components.js";
import * as lexical from "../../diagnostics/codes/lexical.js";
import { repeatedItem } from "../../diagnostics/codes/names.js";
import { hiddenAnyway } from "../../diagnostics/codes/style.js";
import * as syntax from "../../diagnostics/codes/syntax.js";
import { sizeNotTaken } from "../../diagnostics/codes/types.js";
import type { Diagnostic, Edit, Fix } from "../../diagnostics/diagnostic.js";
import type { SchemaFile } from "../../syntax/tree.js";
import type { Snapshot } from "../project/snapshot.js";
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
    syntax.optionalOnType,
    syntax.malformedRule,
    syntax.misplacedDoc,
    repeatedItem,
    sizeNotTaken,
    attributes.repeatedArgument,
    components.rangeEmpty,
    components.indexRepeated,
    components.indexColumnRepeated,
    components.rlsRoot,
    hiddenAnyway,
  ].map(({ code }) => code),
);

/** Puts everything right in a file that can only have been meant one way. */
export function fixAll(snapshot: Snapshot, file: SchemaFile, isStored?: IsStored): readonly Fix[] {
  const problems = snapshot.diagnosticsOf(file.file.path).filter(({ code }) => PLAIN_CODES.has(code));
  return together("Fix all plain problems", snapshot, file, problems, isStored);
}

/** Puts all problems of one code in a file right, when there are several, each in the best way. */
export function fixAllOf(snapshot: Snapshot, file: SchemaFile, code: string, isStored?: IsStored): readonly Fix[] {
  const problems = snapshot.diagnosticsOf(file.file.path).filter((problem) => problem.code === code);
  return problems.length < 2 ? [] : together(`Fix all ${code} in this file`, snapshot, file, problems, isStored);
}

function together(
  title: string,
  snapshot: Snapshot,
  file: SchemaFile,
  problems: readonly Diagnostic[],
  isStored: IsStored | undefined,
): readonly Fix[] {
  const edits: Edit[] = [];
  for (const problem of problems) {
    const [best] = fixesOf(snapshot, file, problem, isStored);
    if (best !== undefined && !best.edits.some((edit) => edits.some((other) => meet(edit, other))))
      edits.push(...best.edits);
  }
  return edits.length === 0 ? [] : [{ title, edits }];
}

/** Whether two edits cannot both be made. The one that comes later is left for the next time. */
function meet({ span: a }: Edit, { span: b }: Edit): boolean {
  if (a.file.path !== b.file.path) return false;
  return a.start < b.end ? b.start < a.end || a.start === b.start : a.start === b.start && a.end === b.end;
}
