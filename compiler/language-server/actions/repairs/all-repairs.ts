import type { Diagnostic } from "../../../diagnostics/diagnostic.js";
import type { SchemaFile } from "../../../syntax/tree.js";
import type { Snapshot } from "../../project/snapshot.js";
import { type IsStored, type Repair, troubleOf, type Way } from "../repair.js";
import { attributeRepairs } from "./attributes.js";
import { componentRepairs } from "./components.js";
import { duplicateRepairs } from "./duplicates.js";
import { foreignListRepairs } from "./foreign-lists.js";
import { nameRepairs } from "./names.js";
import { syntaxRepairs } from "./syntax.js";
import { systemRepairs } from "./systems.js";
import { typeRepairs } from "./types.js";
import { sessionRepairs } from "./sessions.js";
import { unusedRepairs } from "./unused.js";

/** By code. Problems may carry a fix of their own besides. */
export const REPAIRS: ReadonlyMap<string, Repair> = new Map(
  [
    syntaxRepairs,
    foreignListRepairs,
    nameRepairs,
    duplicateRepairs,
    typeRepairs,
    attributeRepairs,
    componentRepairs,
    systemRepairs,
    sessionRepairs,
    unusedRepairs,
  ].flatMap((rows) => rows.map(([{ code }, repair]) => [code, repair] as const)),
);

/** All ways out of a problem, the best first: the one that the compiler found, then those of its code. */
export function fixesOf(
  snapshot: Snapshot,
  file: SchemaFile,
  problem: Diagnostic,
  isStored: IsStored = () => true,
): readonly Way[] {
  const more = REPAIRS.get(problem.code)?.(troubleOf(snapshot, file, problem, isStored)) ?? [];
  const all: readonly Way[] = problem.fix === undefined ? more : [problem.fix, ...more];
  const seen = new Set<string>();
  return all.filter(({ edits }) => {
    const key = edits.map(({ span, text }) => `${span.file.path}:${span.start}-${span.end}:${text}`).join("\n");
    return !seen.has(key) && seen.add(key);
  });
}
