import type { IToken } from "chevrotain";
import type { SemanticTokens } from "vscode-languageserver-types";
import { Duration, Equals, NumberToken, Operator, Question, StringToken } from "../../../syntax/tokens.js";
import type { SchemaFile } from "../../../syntax/tree.js";
import type { Snapshot } from "../../project/snapshot.js";
import { encodeTokens, type ColouredToken } from "./encode.js";
import type { TokenType } from "./legend.js";
import { languageTokens } from "./language-colours.js";
import { occurrenceToken } from "./symbol-colours.js";

const LITERAL_COLOURS: ReadonlyMap<IToken["tokenType"], TokenType> = new Map([
  [NumberToken, "number"],
  [Duration, "number"],
  [StringToken, "string"],
  [Operator, "operator"],
  [Equals, "operator"],
  [Question, "operator"],
]);

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The colours of a file by what its words mean: a field called `index` is a property, a keyword is one only where it is
 * read as one. A word that leads to nothing has none, and keeps what the editor's own grammar gives it.
 *
 * @param range of offsets: only tokens that touch it; without, all.
 */
export function semanticTokens(snapshot: Snapshot, path: string, range?: Stretch): SemanticTokens {
  const tree = snapshot.file(path);
  if (tree === undefined) return { data: [] };
  const isShown = ({ start, end }: Stretch): boolean =>
    range === undefined || (start <= range.end && range.start <= end);
  const declarations = tree.namespace === undefined ? tree.declarations : [tree.namespace, ...tree.declarations];
  const tokens = [
    ...snapshot.symbols
      .inFile(path)
      .filter(({ span }) => isShown(span))
      .map(occurrenceToken),
    ...declarations.filter(({ span }) => isShown(span)).flatMap(languageTokens),
    ...literalTokens(snapshot.lexed(path)?.tokens ?? []),
    ...commentTokens(tree),
  ].filter(isShown);
  return { data: encodeTokens(tree.file, withoutOverlaps(tokens.sort((a, b) => a.start - b.start))) };
}

function literalTokens(words: readonly IToken[]): ColouredToken[] {
  return words.flatMap(({ tokenType, startOffset, image }) => {
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
