import type { IToken } from "chevrotain";
import type { Keyword } from "../../../check/kinds.js";
import {
  At,
  ClauseKeyword,
  Colon,
  Comma,
  Dot,
  Identifier,
  LeftBrace,
  LeftParenthesis,
  Namespace,
  RightBrace,
  RightParenthesis,
} from "../../../syntax/tokens.js";
import { TokenReader } from "./token-reader.js";

/** What stands behind the cursor, where a list that it is in goes on. */
export interface AttributesBehind {
  readonly names: readonly string[];
  /** The keyword of the declaration that they belong to. */
  readonly keyword: { readonly word: Keyword; readonly offset: number } | undefined;
}

/** The attributes behind the cursor, and the declaration behind them. @param insideParentheses of another attribute. */
export function attributesBehind(reader: TokenReader, insideParentheses: boolean): AttributesBehind {
  if (insideParentheses) skipParentheses(reader);
  // A word directly behind `@` may have parentheses already.
  else if (reader.at(LeftParenthesis)) skipParentheses(reader);
  const names: string[] = [];
  while (reader.accept(At) !== undefined) {
    const name = reader.accept(Identifier);
    if (name !== undefined) names.push(name.image);
    if (reader.at(LeftParenthesis)) skipParentheses(reader);
  }
  const token = reader.peek();
  const isHead = token !== undefined && reader.startsDeclaration() && !reader.at(Namespace);
  return { names, keyword: isHead ? { word: token.image as Keyword, offset: token.startOffset } : undefined };
}

/** The attributes of the same field or enum value behind the cursor: those that start on its line. */
export function memberAttributesBehind(reader: TokenReader, insideParentheses: boolean, from: number): string[] {
  if (insideParentheses || reader.at(LeftParenthesis)) skipParentheses(reader);
  const names: string[] = [];
  let first = true;
  while (reader.at(At) && !(first ? reader.breaksSince(from) : reader.onNewLine())) {
    first = false;
    reader.take();
    const name = reader.accept(Identifier);
    if (name !== undefined) names.push(name.image);
    if (reader.at(LeftParenthesis)) skipParentheses(reader);
  }
  return names;
}

/** The names of the arguments behind the cursor: `b` in `@index(a, |, b)`, `per` in `@limit(|, per: 1s)`. */
export function argumentsBehind(tokens: readonly IToken[], text: string): string[] {
  const reader = new TokenReader(text, tokens);
  const names: string[] = [];
  while (!leaves(reader)) {
    const before = reader.take();
    const isNext = before !== undefined && before.tokenType === Comma;
    const name = isNext && !leaves(reader) ? reader.accept(Identifier) : undefined;
    if (name !== undefined) names.push(name.image);
  }
  return names;
}

/** The names of a clause behind the cursor: `C` in `uses A, |, C`. */
export function clauseNamesBehind(reader: TokenReader): string[] {
  const names: string[] = [];
  // What is left of the name that the cursor is in.
  if (reader.accept(Dot) !== undefined || reader.accept(Colon) !== undefined) reader.accept(Identifier);
  while (reader.accept(Comma) !== undefined && !reader.startsHead()) {
    const name = clauseName(reader);
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** The keywords of the clauses behind the cursor. */
export function clausesBehind(reader: TokenReader): string[] {
  const words: string[] = [];
  while (!reader.atEnd && !reader.startsHead() && !reader.at(LeftBrace)) {
    if (reader.at(ClauseKeyword) && reader.at(Identifier, 1)) words.push(reader.peek()?.image ?? "");
    reader.take();
  }
  return words;
}

/** Reads `name`, `namespace.name`, and a copy behind it: the text that tells one name of a clause from another. */
export function clauseName(reader: TokenReader): string | undefined {
  let name = reader.accept(Identifier)?.image;
  if (reader.accept(Dot) !== undefined) name = reader.accept(Identifier)?.image;
  if (reader.accept(Colon) === undefined) return name;
  const copy = reader.accept(Identifier)?.image;
  return name === undefined || copy === undefined ? name : `${name}:${copy}`;
}

/** Goes behind the `)` that closes what is open, or to where it must have been forgotten. */
function skipParentheses(reader: TokenReader): void {
  reader.accept(LeftParenthesis);
  while (!leaves(reader)) reader.take();
  reader.accept(RightParenthesis);
}

function leaves(reader: TokenReader): boolean {
  if (reader.atEnd || reader.at(RightParenthesis) || reader.at(LeftBrace) || reader.at(RightBrace)) return true;
  return reader.startsDeclaration() || (reader.at(At) && reader.onNewLine());
}
