import { fieldsOf } from "../../../check/kinds.js";
import { indexColumnRepeated } from "../../../diagnostics/codes/components.js";
import * as codes from "../../../diagnostics/codes/names.js";
import { emptySession } from "../../../diagnostics/codes/style.js";
import { repeatedClause } from "../../../diagnostics/codes/syntax.js";
import { span, spanning, spanText, type Span } from "../../../source/span.js";
import type { Annotated } from "../../../syntax/tree.js";
import { declarationRemoval, itemRemoval, removal, replacement } from "../edits.js";
import { fix, type Repair, type Repairs } from "../repair.js";

const removeDeclaration: Repair = ({ declaration, text, file }) =>
  declaration === undefined ? [] : [fix(`Remove this \`${text}\``, declarationRemoval(file, declaration))];

export const removeMember: Repair = ({ declaration, field, value, text, file: { file } }) => {
  const member = field ?? value;
  if (declaration === undefined || member === undefined) return [];
  const members: readonly Annotated[] =
    declaration.kind === "EnumDeclaration" ? declaration.values : fieldsOf(declaration);
  const { start, end } = whole(member);
  const comma = /^[ \t]*,/.exec(file.text.slice(end))?.[0].length ?? 0;
  const line = file.lineOf(start);
  const isAlone =
    file
      .lineText(line)
      .slice(0, start - file.lineStart(line))
      .trim() === "" &&
    file
      .lineText(file.lineOf(end))
      .slice(end + comma - file.lineStart(file.lineOf(end)))
      .trim() === "";
  const edit = isAlone ? removal(span(file, start, end + comma)) : itemRemoval(members, members.indexOf(member));
  return [fix(`Remove this \`${text}\``, edit)];
};

/** The names of a second clause that are new go on behind those of the first, when nothing but space is between. */
const joinClauses: Repair = ({ declaration, span: { file, start }, text }) => {
  if (declaration?.kind !== "SystemDeclaration" && declaration?.kind !== "EndpointDeclaration") return [];
  const clauses = [declaration.uses, declaration.calls, declaration.rejects, declaration.emits];
  const whole = clauses.find((clause) => clause !== undefined && spanText(clause.keyword) === text);
  const items = (whole?.items ?? []).map((item) => item.span);
  const last = items.filter((item) => item.end <= start).at(-1);
  if (last === undefined || file.text.slice(last.end, start).trim() !== "") return [];
  const end = clauses.reduce(
    (next, clause) =>
      clause !== undefined && clause.keyword.start > start ? Math.min(next, clause.keyword.start) : next,
    Infinity,
  );
  const own = items.filter((item) => start < item.start && item.end <= end);
  const ownEnd = own.at(-1)?.end ?? start + text.length;
  if (/\/[/*]/.test(file.text.slice(start, ownEnd))) return [];
  const known = new Set(items.filter((item) => item.end <= start).map(spanText));
  const fresh = [...new Set(own.map(spanText))].filter((name) => !known.has(name));
  const put = fresh.map((name) => `, ${name}`).join("");
  return [fix(`Join the \`${text}\` clauses`, replacement(span(file, last.end, ownEnd), put))];
};

const removeColumn: Repair = ({ attribute, span: at, text }) => {
  const index = attribute?.arguments.findIndex((each) => each.span.start <= at.start && at.end <= each.span.end) ?? -1;
  return attribute === undefined || index < 0
    ? []
    : [fix(`Remove \`${text}\``, itemRemoval(attribute.arguments, index))];
};

/** A node with its `///` lines. */
function whole({ doc, span: own }: Annotated): Span {
  return doc === undefined ? own : spanning(doc.span, own);
}

export const duplicateRepairs: Repairs = [
  [codes.duplicateType, removeDeclaration],
  [codes.duplicateCallable, removeDeclaration],
  [codes.duplicateField, removeMember],
  [codes.duplicateParameter, removeMember],
  [codes.duplicateEnumValue, removeMember],
  [emptySession, removeDeclaration],
  [indexColumnRepeated, removeColumn],
  [repeatedClause, joinClauses],
];
