import type { Diagnostic } from "../../../../compiler/diagnostics/diagnostic.js";
import type { Snapshot } from "../../../../compiler/language-server/project/snapshot.js";
import { identityOf } from "../../../../compiler/language-server/project/symbols/symbol.js";
import type { LexedFile } from "../../../../compiler/syntax/lexer.js";
import { Workspace } from "../../../../compiler/language-server/project/workspace.js";
import type { SourceFile } from "../../../../compiler/source/source-file.js";
import type { Span } from "../../../../compiler/source/span.js";

/** All that a snapshot tells, in a form that can be compared: two snapshots of the same texts give the same. */
export function described(snapshot: Snapshot): unknown {
  const files = new Map([...snapshot.files].map(([path, { file }]) => [path, file]));
  return {
    tokens: [...files.keys()].map((path) => lexedAs(snapshot.lexed(path), files)),
    lineStarts: [...files.values()].map((file) =>
      Array.from({ length: file.lineCount }, (_, index) => file.lineStart(index + 1)),
    ),
    trees: [...snapshot.files.values()]
      .map((tree) => ({ ...tree, file: tree.file.text }))
      .map((tree) => plain(tree, files)),
    diagnostics: snapshot.diagnostics.map((diagnostic: Diagnostic) => plain(diagnostic, files)),
    ofFiles: [...files.keys()].map((path) => snapshot.diagnosticsOf(path).length),
    symbols: [...files.keys()].map((path) =>
      snapshot.symbols.inFile(path).map(({ symbol, span, role }) => {
        const identity = identityOf(symbol);
        const others = snapshot.symbols.occurrences(symbol).map((each) => plain(each.span, files));
        return [role, symbol.kind, plain(span, files), plain(identity, files), others];
      }),
    ),
    model: snapshot.model === undefined ? "none" : JSON.stringify(snapshot.model),
  };
}

function lexedAs(lexed: LexedFile | undefined, files: ReadonlyMap<string, SourceFile>): unknown {
  if (lexed === undefined) throw new Error("a file of the project has no tokens");
  const { tokens, comments, diagnostics, refusedEnds } = lexed;
  const words = [...tokens, ...comments].map(
    ({ startOffset, endOffset, tokenType, tokenTypeIdx, image }) =>
      `${startOffset}-${endOffset ?? "?"} ${tokenType.name} ${tokenTypeIdx} ${image}`,
  );
  return { words, diagnostics: plain(diagnostics, files), refusedEnds };
}

/** A snapshot of the same texts by a workspace that has never seen others. */
export function fresh(texts: ReadonlyMap<string, string>): Snapshot {
  const workspace = new Workspace();
  for (const [path, text] of texts) workspace.set(path, text);
  return workspace.snapshot();
}

/** A node or diagnostic with its spans as texts, each with a note when it is not in the file of its path as it is now. */
function plain(part: unknown, files: ReadonlyMap<string, SourceFile>): unknown {
  if (typeof part !== "object" || part === null) return part;
  if (Array.isArray(part)) return part.map((each) => plain(each, files));
  if (isSpan(part)) {
    const { file, start, end } = part;
    return `${file.path}:${start}-${end}${files.get(file.path) === file ? "" : " of an old text"}`;
  }
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, plain(value, files)]));
}

function isSpan(part: object): part is Span {
  return "file" in part && "start" in part && "end" in part;
}
