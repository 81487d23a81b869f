import { FoldingRangeKind, type FoldingRange } from "vscode-languageserver-types";
import { isCallable, type CallableDeclarationNode } from "../../check/project.js";
import type { SourceFile } from "../../source/source-file.js";
import type { Span } from "../../source/span.js";
import type { Comment, Declaration } from "../../syntax/tree.js";
import type { Snapshot } from "../project/snapshot.js";

/** Lines of a file, from 1, both included. */
interface Lines {
  readonly first: number;
  readonly last: number;
}

/**
 * What an editor can fold: bodies in braces and parentheses, up to the line before the one that closes them, the
 * clauses of a system, and comments of several lines, blocks of `///` and `//` lines among them.
 */
export function foldingRanges(snapshot: Snapshot, path: string): FoldingRange[] {
  const tree = snapshot.file(path);
  if (tree === undefined) return [];
  const code = tree.declarations.flatMap((declaration) => foldsOf(declaration));
  const comments = commentBlocks(tree.file, tree.comments).map((lines) => ({
    ...lines,
    kind: FoldingRangeKind.Comment,
  }));
  return [...code, ...comments]
    .filter(({ first, last }) => last > first)
    .map(({ first, last, ...rest }) => ({ startLine: first - 1, endLine: last - 1, ...rest }))
    .sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

function foldsOf(declaration: Declaration): Lines[] {
  return isCallable(declaration) ? callableFolds(declaration) : [inside(declaration.body)];
}

function callableFolds(declaration: CallableDeclarationNode): Lines[] {
  const { file } = declaration.span;
  const signatureEnd = declaration.result?.span.end ?? declaration.parentheses.end;
  return [
    inside(declaration.parentheses),
    { first: file.lineOf(signatureEnd), last: file.lineOf(declaration.span.end) },
  ];
}

/** From the line that opens a body to the last one before what closes it, when that stands on a line of its own. */
function inside({ file, start, end }: Span): Lines {
  const closing = Math.max(start, end - 1);
  const last = file.lineOf(closing);
  const alone = file.text.slice(file.lineStart(last), closing).trim() === "";
  return { first: file.lineOf(start), last: alone ? last - 1 : last };
}

/** Block comments, and runs of line comments of one kind, each on a line of its own. */
function commentBlocks(file: SourceFile, comments: readonly Comment[]): Lines[] {
  const blocks: Lines[] = [];
  let run: (Lines & { readonly kind: Comment["kind"] }) | undefined;
  for (const { kind, span } of comments) {
    const first = file.lineOf(span.start);
    if (kind === "BlockComment") {
      blocks.push({ first, last: file.lineOf(span.end) });
      continue;
    }
    if (file.text.slice(file.lineStart(first), span.start).trim() !== "") continue;
    if (run?.kind === kind && run.last + 1 === first) run = { ...run, last: first };
    else {
      if (run !== undefined) blocks.push({ first: run.first, last: run.last });
      run = { kind, first, last: first };
    }
  }
  if (run !== undefined) blocks.push({ first: run.first, last: run.last });
  return blocks;
}
