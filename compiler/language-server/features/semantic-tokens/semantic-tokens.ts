import type { IToken } from "chevrotain";
import type { SemanticTokens } from "vscode-languageserver-types";
import { lex } from "../../../syntax/lexer.js";
import { Duration, Equals, NumberToken, Operator, Question, StringToken } from "../../../syntax/tokens.js";
import type { SchemaFile } from "../../../syntax/tree.js";
import type { Snapshot } from "../../project/snapshot.js";
import { encodeTokens, type ColouredToken } from "./encode.js";
import type { TokenType } from "./legend.js";
import { nodeTokens } from "./node-colours.js";
import { occurrenceToken } from "./symbol-colours.js";

const LITERAL_COLOURS: ReadonlyMap<IToken["tokenType"], TokenType> = new Map([
  [NumberToken, "number"],
  [Duration, "number"],
  [StringToken, "string"],
  [Operator, "operator"],
  [Equals, "operator"],
  [Question, "operator"],
]);

/**
 * The colours of a file by what its words mean: a field called `index` is a property, a keyword is one only where it is
 * read as one. A word that leads to nothing has none, and keeps what the editor's own grammar gives it.
 *
 * @param range of offsets: only tokens that touch it; without, all.
 */
export function semanticTokens(
  snapshot: Snapshot,
  path: string,
  range?: { readonly start: number; readonly end: number },
): SemanticTokens {
  const tree = snapshot.file(path);
  if (tree === undefined) return { data: [] };
  const all = withoutOverlaps(
    [
      ...snapshot.symbols.inFile(path).map(occurrenceToken),
      ...nodeTokens(tree),
      ...literalTokens(tree),
      ...commentTokens(tree),
    ].sort((a, b) => a.start - b.start),
  );
  const shown = range === undefined ? all : all.filter(({ start, end }) => start <= range.end && range.start <= end);
  return { data: encodeTokens(tree.file, shown) };
}

function literalTokens({ file }: SchemaFile): ColouredToken[] {
  return lex(file).tokens.flatMap(({ tokenType, startOffset, image }) => {
    const type = LITERAL_COLOURS.get(tokenType);
    return type === undefined ? [] : [{ start: startOffset, end: startOffset + image.length, type, modifiers: [] }];
  });
}

function commentTokens({ comments }: SchemaFile): ColouredToken[] {
  return comments.map(({ kind, span: { start, end } }) => ({
    start,
    end,
    type: "comment",
    modifiers: kind === "DocLine" ? ["documentation"] : [],
  }));
}

/** Of tokens that share characters the first one, which of two at one place is what the name leads to. */
function withoutOverlaps(tokens: readonly ColouredToken[]): ColouredToken[] {
  const kept: ColouredToken[] = [];
  let end = 0;
  for (const token of tokens) {
    if (token.start < end) continue;
    kept.push(token);
    end = token.end;
  }
  return kept;
}
