import type { SemanticTokensEdit } from "vscode-languageserver-types";
import type { SourceFile } from "../../../source/source-file.js";
import { modifierSet, typeNumber, type TokenModifier, type TokenType } from "./legend.js";

/** A stretch of a text in one colour. */
export interface ColouredToken {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

const NUMBERS_A_TOKEN = 5;

/**
 * Tokens as the protocol has them: five numbers each, places told from the token before. One of several lines comes
 * line by line, as not every editor takes it whole.
 *
 * @param tokens by place, none over another.
 */
export function encodeTokens(file: SourceFile, tokens: readonly ColouredToken[]): number[] {
  const data: number[] = [];
  let previous = { line: 1, start: 0 };
  for (const { start, end, type, modifiers } of tokens) {
    const number = typeNumber(type);
    const set = modifierSet(modifiers);
    const last = file.lineOf(end);
    for (let line = file.lineOf(start); line <= last; line += 1) {
      const lineStart = file.lineStart(line);
      const from = Math.max(start, lineStart);
      const to = Math.min(end, file.lineEnd(line));
      if (to <= from) continue;
      const before = line === previous.line ? previous.start : lineStart;
      data.push(line - previous.line, from - before, to - from, number, set);
      previous = { line, start: from };
    }
  }
  return data;
}

/** What turns one encoding into another: at most one edit, of what lies between the same start and the same end. */
export function tokensDelta(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  head -= head % NUMBERS_A_TOKEN;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  tail -= tail % NUMBERS_A_TOKEN;
  const deleteCount = before.length - head - tail;
  const data = after.slice(head, after.length - tail);
  return deleteCount === 0 && data.length === 0 ? [] : [{ start: head, deleteCount, data }];
}
