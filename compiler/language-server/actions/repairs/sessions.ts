import { duplicateSession } from "../../../diagnostics/codes/names.js";
import type { Edit } from "../../../diagnostics/diagnostic.js";
import { span } from "../../../source/span.js";
import type { Comment, SchemaFile, SessionDeclaration } from "../../../syntax/tree.js";
import { declarationRemoval, insertion, lineBreakOf, placeBefore, replacement } from "../edits.js";
import { fix, namespaceOf, type Repair, type Repairs } from "../repair.js";

/** The fields of a second session go to the first one, and so does all that is said of them and of it. */
const mergeSessions: Repair = (trouble) => {
  const { declaration: second, file, snapshot } = trouble;
  const first = namespaceOf(trouble)?.session;
  if (second?.kind !== "SessionDeclaration" || first === undefined || first === second) return [];
  const target = snapshot.file(first.span.file.path);
  if (target === undefined) return [];
  return [
    fix(
      "Move its fields to the first `session`",
      declarationRemoval(file, second),
      ...movedComments(file, second, target, first),
      ...movedFields(file, second, target, first),
    ),
  ];
};

function movedComments(
  from: SchemaFile,
  second: SessionDeclaration,
  to: SchemaFile,
  first: SessionDeclaration,
): readonly Edit[] {
  const { file } = from;
  const lineBreak = lineBreakOf(to.file);
  const above = file.text.slice(placeBefore(from, second), second.doc?.span.start ?? second.span.start).trim();
  const comments = [above, ...onLineBehind(from, second.span.end).map(({ text }) => text)].filter(Boolean);
  const plain = comments.map((text) => text + lineBreak).join("");
  const doc = second.doc === undefined ? "" : file.text.slice(second.doc.span.start, second.doc.span.end).trimEnd();
  const place = placeBefore(to, first);
  // Two insertions at one place would be in an order that editors need not keep.
  if (first.doc === undefined)
    return plain + doc === "" ? [] : [insertion(to.file, place, plain + doc + (doc === "" ? "" : lineBreak))];
  return [
    ...(plain === "" ? [] : [insertion(to.file, place, plain)]),
    ...(doc === "" ? [] : [insertion(to.file, first.doc.span.end, lineBreak + doc)]),
  ];
}

function movedFields(
  from: SchemaFile,
  second: SessionDeclaration,
  to: SchemaFile,
  first: SessionDeclaration,
): readonly Edit[] {
  const known = new Set(first.fields.map(({ name }) => name.text));
  const texts = fieldTexts(from, second).filter(({ name }) => !known.has(name));
  if (texts.length === 0) return [];
  const lineBreak = lineBreakOf(to.file);
  const added = texts.map(({ text }) => `${lineBreak}  ${text}`).join("");
  const last = first.fields.at(-1);
  const close = first.body.end - 1;
  const behind = last === undefined ? [] : onLineBehind(to, last.span.end).filter((each) => each.span.end <= close);
  const at = Math.max(last?.span.end ?? first.body.start + 1, ...behind.map((each) => each.span.end));
  const isOneLine = /^[ \t]*,?[ \t]*$/.test(to.file.text.slice(at, close));
  return [isOneLine ? replacement(span(to.file, at, close), added + lineBreak) : insertion(to.file, at, added)];
}

/** Each field with the comments over it and behind it; those at the end of the body are behind its last field. */
function fieldTexts(schema: SchemaFile, session: SessionDeclaration): readonly { name: string; text: string }[] {
  const { file, comments } = schema;
  let from = session.body.start + 1;
  return session.fields.map((field, index) => {
    const own = field.doc?.span.start ?? field.span.start;
    const start = Math.min(own, ...comments.map(({ span }) => span.start).filter((at) => from <= at && at < own));
    const next = session.fields[index + 1];
    const isHere = ({ span }: Comment): boolean =>
      span.start >= field.span.end && span.end < Math.min(next?.span.start ?? Infinity, session.body.end);
    const behind = (next === undefined ? comments : onLineBehind(schema, field.span.end)).filter(isHere);
    from = Math.max(field.span.end, ...behind.map(({ span }) => span.end));
    return { name: field.name.text, text: file.text.slice(start, from) };
  });
}

/** Comments that start on the line where something ends, behind it. */
function onLineBehind({ file, comments }: SchemaFile, end: number): readonly Comment[] {
  const lineEnd = file.lineEnd(file.lineOf(end));
  return comments.filter(({ span }) => span.start >= end && span.start < lineEnd);
}

export const sessionRepairs: Repairs = [[duplicateSession, mergeSessions]];
