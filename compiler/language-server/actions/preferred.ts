import type { Edit } from "../../diagnostics/diagnostic.js";
import type { SchemaFile } from "../../syntax/tree.js";
import { membersOf, type Way } from "./repair.js";

/** A word of the schema or of a comment; a number is one. */
const WORD = /[\p{L}\p{N}_]+(?:\.\p{N}+)?/gu;

/** So many words may be lost to a fix that nobody has looked at. */
const MOST_LOST = 1;

type FileOf = (path: string) => SchemaFile | undefined;

/**
 * The fix that editors make of themselves: the best one, unless it only guesses or takes away what the user would have
 * to write again: more than a word, a member or a declaration.
 *
 * @param ways the best first.
 */
export function preferred(fileOf: FileOf, [best]: readonly Way[]): Way | undefined {
  return best === undefined || best.isGuess === true || loses(fileOf, best.edits) ? undefined : best;
}

/** The fix that is made with all others of its code, when the user asks for that. */
export function forAll(fileOf: FileOf, ways: readonly Way[]): Way | undefined {
  return ways[0]?.isUseless === true ? ways[0] : preferred(fileOf, ways);
}

function loses(fileOf: FileOf, edits: readonly Edit[]): boolean {
  const put = edits.flatMap(({ text }) => wordsOf(text));
  const taken = edits.flatMap(({ span: { file, start, end } }) => wordsOf(file.text.slice(start, end)));
  return taken.length - put.length > MOST_LOST || edits.some((edit) => removesName(fileOf, edit, new Set(put)));
}

/** Whether an edit removes something that has a name, which is then written nowhere. */
function removesName(fileOf: FileOf, { span: { file, start, end }, text }: Edit, put: ReadonlySet<string>): boolean {
  if (wordsOf(text).length > 0) return false;
  const declarations = (fileOf(file.path)?.declarations ?? []).filter(
    ({ span }) => span.start < end && start < span.end,
  );
  const named = [...declarations, ...declarations.flatMap(membersOf)];
  return named.some(
    (node) => start <= node.span.start && node.span.end <= end && !("name" in node && put.has(node.name.text)),
  );
}

function wordsOf(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}
