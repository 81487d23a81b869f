import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic as ShownDiagnostic,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver-types";
import type { Diagnostic, Edit, Fix, Severity } from "../../diagnostics/diagnostic.js";
import type { SchemaFile } from "../../syntax/tree.js";
import { diagnosticOf } from "../features/diagnostics.js";
import { rangeOf } from "../features/places.js";
import type { Snapshot } from "../project/snapshot.js";
import { ADD_DOCS, addDocs } from "./add-docs.js";
import { merged } from "./edits.js";
import { extractEnum } from "./extract-enum.js";
import { extractStruct } from "./extract-struct.js";
import { FIX_ALL, fixAll, fixAllOf } from "./fix-all.js";
import { inlineStruct } from "./inline-struct.js";
import { ORGANIZE_DECLARATIONS, organizeDeclarations } from "./organize-declarations.js";
import { forAll, preferred } from "./preferred.js";
import type { IsStored } from "./repair.js";
import { fixesOf } from "./repairs/all-repairs.js";

/** The kinds of actions that there are, for editors that show what a server can do. */
export const CODE_ACTION_KINDS: readonly string[] = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorExtract,
  CodeActionKind.RefactorInline,
  FIX_ALL,
  ORGANIZE_DECLARATIONS,
  ADD_DOCS,
];

const SEVERITIES: readonly Severity[] = ["error", "warning", "hint"];

interface Offer extends Fix {
  readonly kind: string;
  /** The problem that it puts right. */
  readonly problem?: Diagnostic;
  readonly isBest?: boolean;
}

/**
 * The changes that an editor offers at a range: what puts the problems there right, and what can be done with the
 * whole file.
 *
 * @param start where the range starts, as an offset; a cursor is an empty range.
 * @param only the kinds that are wanted, with all below them; all when it is left out. Changes to the whole file are
 *   made on request only or by the user's choice: `source` must be among them, or no kinds at all.
 * @param isStored whether data may be stored under a name, so that a fix which renames it adds `@was`; always when it
 *   is left out.
 */
export function codeActions(
  snapshot: Snapshot,
  path: string,
  { start, end }: { readonly start: number; readonly end: number },
  only: readonly string[] | undefined,
  uriOf: (path: string) => string,
  isStored?: IsStored,
): CodeAction[] {
  const file = snapshot.file(path);
  if (file === undefined) return [];
  const wants = (kind: string): boolean => only?.some((each) => kind === each || kind.startsWith(`${each}.`)) ?? true;
  const here = snapshot.diagnosticsOf(path).filter(({ span }) => span.start <= end && start <= span.end);
  const offers: Offer[] = [];
  if (wants(CodeActionKind.QuickFix)) offers.push(...quickFixes(snapshot, file, here, isStored));
  if (wants(CodeActionKind.RefactorExtract))
    offers.push(
      ...asOffers(extractEnum(snapshot, file, start), CodeActionKind.RefactorExtract),
      ...asOffers(extractStruct(snapshot, file, { start, end }), CodeActionKind.RefactorExtract),
    );
  if (wants(CodeActionKind.RefactorInline))
    offers.push(...asOffers(inlineStruct(snapshot, file, start), CodeActionKind.RefactorInline));
  if (wants(FIX_ALL)) offers.push(...asOffers(fixAll(snapshot, file, isStored), FIX_ALL));
  if (wants(ORGANIZE_DECLARATIONS)) offers.push(...asOffers(organizeDeclarations(file), ORGANIZE_DECLARATIONS));
  if (wants(ADD_DOCS)) offers.push(...asOffers(addDocs(file), ADD_DOCS));
  const shown = new Map<Diagnostic, ShownDiagnostic>(here.map((problem) => [problem, diagnosticOf(problem, uriOf)]));
  return offers.map(({ title, edits, kind, problem, isBest }) => {
    const diagnostic = problem === undefined ? undefined : shown.get(problem);
    return {
      title,
      kind,
      edit: workspaceEdit(edits, uriOf),
      ...(diagnostic === undefined ? {} : { diagnostics: [diagnostic] }),
      ...(isBest === true ? { isPreferred: true } : {}),
    };
  });
}

function quickFixes(
  snapshot: Snapshot,
  file: SchemaFile,
  problems: readonly Diagnostic[],
  isStored: IsStored | undefined,
): readonly Offer[] {
  const kind = CodeActionKind.QuickFix;
  const fileOf = (path: string): SchemaFile | undefined => snapshot.file(path);
  const repairable = problems.map((problem) => ({ problem, ways: fixesOf(snapshot, file, problem, isStored) }));
  // An editor makes all that are preferred at once, or takes any of them: what comes first decides what is left.
  const [best] = [...repairable]
    .sort(({ problem: a }, { problem: b }) => rank(a) - rank(b) || (a.code < b.code ? -1 : Number(a.code > b.code)))
    .flatMap(({ ways }) => preferred(fileOf, ways) ?? []);
  const single = repairable.flatMap(({ problem, ways }) =>
    ways.map((way): Offer => ({ ...way, kind, problem, isBest: way === best })),
  );
  /** Those of which something here can be put right together with all others. */
  const codes = new Set(
    repairable.flatMap(({ problem, ways }) => (forAll(fileOf, ways) === undefined ? [] : [problem.code])),
  );
  return [...single, ...[...codes].flatMap((code) => asOffers(fixAllOf(snapshot, file, code, isStored), kind))];
}

/** The worst first. */
function rank({ severity }: Diagnostic): number {
  return SEVERITIES.indexOf(severity);
}

function asOffers(fixes: readonly Fix[], kind: string): readonly Offer[] {
  return fixes.map((fix) => ({ ...fix, kind }));
}

/** Edits as an editor is sent them. */
export function workspaceEdit(edits: readonly Edit[], uriOf: (path: string) => string): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { span, text } of merged(edits))
    (changes[uriOf(span.file.path)] ??= []).push({ range: rangeOf(span), newText: text });
  return { changes };
}
