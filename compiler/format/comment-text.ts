import type { Comment } from "../syntax/tree.js";

/** Whether nothing can follow a comment on its line. */
export function endsLine(comment: Comment): boolean {
  return comment.kind !== "BlockComment";
}

/**
 * A comment as it is printed.
 *
 * @param indent the white space before it on its line, when it stands at the start of one: a block comment whose
 *   lines all start with `*` moves as a whole; other block comments keep their inner lines as they are.
 */
export function commentText(comment: Comment, indent: string): string {
  const text = comment.text.replace(/\r\n?/g, "\n").trimEnd();
  const [first = "", ...rest] = text.split("\n").map((line) => line.trimEnd());
  const starred = rest.every((line) => line.trimStart().startsWith("*"));
  return [first, ...(starred ? rest.map((line) => `${indent} ${line.trimStart()}`) : rest)].join("\n");
}
