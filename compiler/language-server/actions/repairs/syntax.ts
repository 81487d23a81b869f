import { isName } from "../../../check/is-name.js";
import * as lexical from "../../../diagnostics/codes/lexical.js";
import * as codes from "../../../diagnostics/codes/syntax.js";
import { snakeCase } from "../../../model/names/words.js";
import { span, spanText, type Span } from "../../../source/span.js";
import type { Declaration } from "../../../syntax/tree.js";
import { indentAt, insertion, lineBreakOf, removal, replacement } from "../edits.js";
import { fix, membersOf, type Repair, type Repairs, unreadText, type Way } from "../repair.js";

const digitsOnly: Repair = ({ span: at, text }) => {
  const digits = text.replaceAll("_", "").replace(/^(-?)0+(?=\d)/, "$1");
  return /^-?(0[xX][0-9a-fA-F]+|\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(digits) && digits !== text
    ? [fix(`Write \`${digits}\``, replacement(at, digits))]
    : [];
};

/** The string ends where its line does, and with it parentheses that were opened before it. */
const closeString: Repair = ({ span: { file, start, end }, text }) => {
  const line = file.text.slice(file.lineStart(file.lineOf(start)), start);
  const isInParentheses = (line.match(/\(/g) ?? []).length > (line.match(/\)/g) ?? []).length;
  if (isInParentheses && text.endsWith(")")) return [fix('Close the string with `"`', insertion(file, end - 1, '"'))];
  const closing = isInParentheses ? '")' : '"';
  return [fix(`Close the string with \`${closing}\``, insertion(file, end, closing))];
};

const doubleBackslash: Repair = ({ span: { file, start } }) => [fix("Write `\\\\`", insertion(file, start, "\\"))];

/** The comment ends with its line. */
const closeComment: Repair = ({ span: { file, start } }) => [
  fix("Close the comment with `*/`", insertion(file, file.lineEnd(file.lineOf(start)), " */")),
];

/** Before the declaration that follows, with all that belongs to it. */
const closeBrace: Repair = ({ file: { file, declarations }, span: { start } }) => {
  const next = declarations.find(({ keyword }) => keyword.start === start);
  const lineBreak = lineBreakOf(file);
  if (next === undefined) {
    const gap = file.text === "" || /[\r\n]$/.test(file.text) ? "" : lineBreak;
    return start >= file.text.trimEnd().length
      ? [fix("Add `}`", insertion(file, file.text.length, `${gap}}${lineBreak}`))]
      : [];
  }
  const head = next.doc?.span.start ?? next.span.start;
  const blank = /[\r\n][ \t]*(\r?\n|\r)[ \t]*$/.exec(file.text.slice(0, head));
  if (blank === null) return [fix("Add `}`", insertion(file, head, `}${lineBreak}${lineBreak}`))];
  return [fix("Add `}`", insertion(file, file.text.slice(0, head).trimEnd().length, `${lineBreak}}`))];
};

const closeParenthesis: Repair = ({ span: { file, start } }) => [
  fix("Add `)`", insertion(file, file.text.slice(0, start).trimEnd().length, ")")),
];

const addComma: Repair = ({ span: { file, start } }) => [
  fix("Add `,`", insertion(file, file.text.slice(0, start).trimEnd().length, ",")),
];

/** Behind the member that it belongs to: the one before it, before its comma and its comment. */
const attach: Repair = (trouble) => {
  const { declaration, span: at } = trouble;
  if (declaration === undefined) return [];
  const unread = unreadText(trouble);
  const member = membersOf(declaration).findLast(({ span: { end } }) => end <= at.start);
  if (member === undefined) return [];
  const { text } = at.file;
  const between = text.slice(member.span.end, at.start);
  const comma = /^[ \t]*,/.exec(text.slice(unread.end))?.[0].length ?? 0;
  const isSeparated = between.trim() === "," && comma > 0;
  return [
    fix(
      `Move it behind \`${member.name.text}\``,
      insertion(at.file, member.span.end, ` ${spanText(unread)}`),
      removal(isSeparated ? span(at.file, unread.start, unread.end + comma) : unread),
    ),
  ];
};

/** Before the keyword of the declaration that it belongs to, behind other attributes. */
function putBefore(declaration: Declaration, attribute: Span): Way {
  const { file, start } = declaration.keyword;
  const indent = indentAt(file, start);
  const isFirst = file.lineStart(file.lineOf(start)) + indent.length === start;
  const put = spanText(attribute) + (isFirst ? lineBreakOf(file) + indent : " ");
  const name = "name" in declaration ? `${spanText(declaration.keyword)} ${declaration.name.text}` : "session";
  return fix(`Move it before \`${name}\``, insertion(file, start, put), removal(attribute));
}

/** Behind the member that it stands before, before the declaration that it stands in, else away. */
const putRight: Repair = (trouble) => {
  const { declaration, span: at, text } = trouble;
  const unread = unreadText(trouble);
  if (declaration !== undefined && isInHead(declaration, at)) return [putBefore(declaration, unread)];
  const next = declaration && membersOf(declaration).find(({ span: { start } }) => start >= unread.end);
  if (next !== undefined && at.file.text.slice(unread.end, next.span.start).trim() === "") {
    const move = [insertion(at.file, next.span.end, ` ${spanText(unread)}`), removal(unread)];
    return [fix(`Move it behind \`${next.name.text}\``, ...move)];
  }
  const rest = /^\([^()\n]*\)/.exec(at.file.text.slice(at.end))?.[0] ?? "";
  const own = text.includes("(") ? "" : rest;
  return [fix(`Remove \`${text}\``, removal(span(at.file, at.start, at.end + own.length)))];
};

/** Whether something stands between the keyword and the body of a declaration, or behind its parameters. */
function isInHead(declaration: Declaration, { start }: Span): boolean {
  if (start < declaration.keyword.end) return false;
  return "body" in declaration ? start < declaration.body.start : start >= declaration.parentheses.end;
}

const removeComma: Repair = ({ span: at, problem }) =>
  problem.fix === undefined ? [fix("Remove the comma", removal(at))] : [];

/** Before the declaration behind which it stands, or on a line of its own, before the one that follows. */
const ownLine: Repair = ({ span: attribute, file: { declarations } }) => {
  const { file, start } = attribute;
  const end = file.text.slice(0, start).trimEnd().length;
  const lineBreak = lineBreakOf(file);
  const follows = fix(
    "Put it on the declaration that follows",
    replacement(span(file, end, start), lineBreak + lineBreak),
  );
  const before = declarations.findLast((each) => each.span.end <= start);
  // Of which of the two it is, only its author knows.
  return before === undefined ? [follows] : [{ ...putBefore(before, attribute), isGuess: true }, follows];
};

const resultFirst: Repair = ({ declaration, span: { file, start } }) => {
  if (declaration?.kind !== "SystemDeclaration" && declaration?.kind !== "EndpointDeclaration") return [];
  const type = /^:[ \t]*[A-Za-z][\w.]*(\(\d+\))?(\[\])*\??/.exec(file.text.slice(start))?.[0];
  if (type === undefined) return [];
  const gap = /[ \t]*$/.exec(file.text.slice(0, start))?.[0].length ?? 0;
  return [
    fix(
      `Write \`${type}\` behind the parameters`,
      insertion(file, declaration.parentheses.end, type),
      replacement(span(file, start - gap, start + type.length), ""),
    ),
  ];
};

/** The only namespace of the project, else one called like the file. */
const addNamespace: Repair = ({ snapshot, file: { file } }) => {
  const known = [...snapshot.context.namespaces.keys()].filter((name) => name !== "");
  const fileName = snakeCase(/([^/]*?)(\.\w+)?$/.exec(file.path)?.[1] ?? "").replace(/\W+/g, "_");
  const names = known.length > 0 ? known : [isName(fileName) && fileName !== "core" ? fileName : "game"];
  const lineBreak = lineBreakOf(file);
  const gap = file.text.trim() === "" ? lineBreak : lineBreak + lineBreak;
  return names.map((name) =>
    fix(
      `Add \`namespace ${name}\``,
      insertion(file, file.text.startsWith("\ufeff") ? 1 : 0, `namespace ${name}${gap}`),
    ),
  );
};

const namespaceToTop: Repair = ({ file: { file, namespace } }) => {
  if (namespace === undefined) return [];
  const lineBreak = lineBreakOf(file);
  const text = file.text.slice(namespace.span.start, namespace.span.end);
  return [fix("Move it to the top", removal(namespace.span), insertion(file, 0, text + lineBreak + lineBreak))];
};

const plainComment: Repair = ({ span: { file, start } }) => [
  fix("Make it a plain comment", replacement(span(file, start, start + 3), "//")),
];

export const syntaxRepairs: Repairs = [
  [lexical.malformedNumber, digitsOnly],
  [lexical.unterminatedString, closeString],
  [lexical.invalidEscape, doubleBackslash],
  [lexical.unterminatedComment, closeComment],
  [codes.missingBrace, closeBrace],
  [codes.missingParenthesis, closeParenthesis],
  [codes.missingComma, addComma],
  [codes.extraComma, removeComma],
  [codes.detachedAttribute, attach],
  [codes.attributeWithoutDeclaration, putRight],
  [codes.ambiguousAttribute, ownLine],
  [codes.resultAfterClause, resultFirst],
  [codes.missingNamespace, addNamespace],
  [codes.namespaceNotFirst, namespaceToTop],
  [codes.misplacedDoc, plainComment],
];
