import type { CompletionList } from "vscode-languageserver-types";
import { LeftParenthesis } from "../../syntax/tokens.js";
import type { Snapshot } from "../project/snapshot.js";
import { attributeArguments, DURATION } from "./completion/arguments.js";
import { attributes } from "./completion/attributes.js";
import { clauseKeywords, clauseNames, copies } from "./completion/clauses.js";
import { cursorAt, type Cursor } from "./completion/cursor.js";
import { declarations, ownerColumn } from "./completion/declarations.js";
import { expectedAt } from "./completion/expected-at.js";
import type { Expected } from "./completion/expected.js";
import { itemsOf, type CompletionOptions, type Proposal } from "./completion/proposal.js";
import { Scope } from "./completion/scope.js";
import { enumBases, types } from "./completion/types.js";
import { defaults, namespaceNames } from "./completion/values.js";

export { resolveCompletion } from "./completion/resolve.js";
export type { CompletionOptions } from "./completion/proposal.js";

/** The signs behind which editors ask without being told to. */
export const COMPLETION_TRIGGERS: readonly string[] = ["@", ".", "(", ":", " "];

/** Where a sign other than a letter is enough to ask: in other places a list would only be in the way. */
const TRIGGERED: ReadonlySet<Expected["kind"]> = new Set([
  "attribute",
  "argument",
  "type",
  "default",
  "clause name",
  "enum base",
  "namespace name",
  "copy",
]);

const NONE: CompletionList = { isIncomplete: false, items: [] };

/** Everything, for an editor that can show it. */
const ALL: CompletionOptions = { snippets: true, markdown: true, deprecatedTag: true };

/**
 * What may be written at an offset, in place of the word that is there. Works on half-typed text: it looks at the
 * tokens before the cursor, and asks the tree only for what stands elsewhere.
 *
 * @param trigger the sign that made the editor ask; `undefined` when the user did, or typed a letter.
 */
export function completion(
  snapshot: Snapshot,
  path: string,
  offset: number,
  options: CompletionOptions = ALL,
  trigger?: string,
): CompletionList {
  const file = snapshot.file(path);
  const cursor = file === undefined ? undefined : cursorAt(file, offset);
  if (file === undefined || cursor === undefined || cursor.inString) return NONE;
  const expected = expectedAt(cursor);
  if (trigger !== undefined && !TRIGGERED.has(expected.kind)) return NONE;
  const typed = file.file.text.slice(cursor.word.start, Math.min(offset, cursor.word.end));
  const proposed = proposals(new Scope(snapshot, file), expected, cursor, typed);
  const longer = expected.kind === "type" || expected.kind === "attribute" ? proposed.filter(isLonger) : [];
  const whole = longer.filter((proposal) => wordOf(proposal) === typed).map(asTyped);
  const items = itemsOf([...whole, ...proposed], cursor, options);
  // With the next digit there are other durations, and with its last letter a word may stay as it is.
  const changes = longer.some((each) => wordOf(each) !== typed && wordOf(each).startsWith(typed));
  return { isIncomplete: changes || items.some(({ detail }) => detail === DURATION), items };
}

function wordOf({ filter, label }: Proposal): string {
  return filter ?? label;
}

/** Whether more than the word that is typed for it is put in. */
function isLonger({ snippet }: Proposal): boolean {
  return snippet?.includes("$") === true;
}

/** A word that is typed in full comes first as it stands, so that Enter ends the line. */
function asTyped(proposal: Proposal): Proposal {
  const { kind, documentation } = proposal;
  const shown = documentation === undefined ? {} : { documentation };
  return { label: wordOf(proposal), kind, rank: 0, order: 0, preselect: true, detail: "as it is typed", ...shown };
}

function proposals(scope: Scope, expected: Expected, cursor: Cursor, typed: string): readonly Proposal[] {
  const isNumber = /^\d/.test(typed);
  const next = cursor.after[0]?.image ?? "";
  if (isNumber && expected.kind !== "argument") return [];
  switch (expected.kind) {
    case "nothing":
    case "size":
      return [];
    case "declaration":
      return declarations(scope, expected.attributes, hasRoom(cursor, expected.attributes));
    case "namespace name":
      return namespaceNames(scope);
    case "enum base":
      return enumBases();
    case "member name":
      // Where a type follows the word is the name of a column that is there.
      return expected.of === "component" && next !== ":" ? ownerColumn(scope, expected.declaration) : [];
    case "attribute":
      return attributes(scope, expected, parenthesisFollows(cursor));
    case "argument":
      return attributeArguments(scope, expected, typed, next);
    case "type":
      return types(scope, expected, sizeBehind(cursor));
    case "default":
      return defaults(scope, expected);
    case "clause name":
      return clauseNames(scope, expected);
    case "copy":
      return copies(scope);
    case "clause": {
      const keywords = clauseKeywords(scope, expected);
      return expected.startsLine ? [...keywords, ...declarations(scope, [], hasRoom(cursor, []))] : keywords;
    }
  }
}

/** Whether a declaration fits on the line: only its attributes stand before the word, and at most a comment behind it. */
function hasRoom({ file: { file }, word, after, startsLine }: Cursor, attributes: readonly string[]): boolean {
  if (!startsLine && attributes.length === 0) return false;
  const end = file.lineEnd(file.lineOf(word.end));
  const next = after[0];
  return next === undefined || next.startOffset >= end;
}

function parenthesisFollows({ word, after }: Cursor): boolean {
  const next = after[0];
  return next !== undefined && next.tokenType === LeftParenthesis && next.startOffset === word.end;
}

/** The length of the `(5)` right behind the word, or of what there is of it on the line. */
function sizeBehind({ file: { file }, word }: Cursor): number {
  const rest = file.text.slice(word.end, file.lineEnd(file.lineOf(word.end)));
  return /^\(([ \t]*\w*[ \t]*\))?/.exec(rest)?.[0].length ?? 0;
}
