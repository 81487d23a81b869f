import { KEYWORDS, fieldsOf } from "../check/kinds.js";
import { span, type Span } from "../source/span.js";
import type { Declaration, SchemaFile } from "../syntax/tree.js";
import type { Change, Place } from "./change.js";

/**
 * Where the new sources show a change: the name of what has changed, or of what surrounded it before it went. A
 * namespace that is gone is shown at the beginning of the first file.
 *
 * @returns `undefined` when there is no file.
 */
export function locate({ namespace, place }: Change, files: readonly SchemaFile[]): Span | undefined {
  const own = files.filter((file) => file.namespace?.name.text === namespace);
  const [first] = files;
  const declaration = own.flatMap(({ declarations }) => declarations).find((each) => isMeant(each, place));
  if (declaration !== undefined) return memberSpan(declaration, place.member) ?? nameSpan(declaration);
  const [surrounding] = own;
  if (surrounding?.namespace !== undefined) return surrounding.namespace.name.span;
  return first === undefined ? undefined : span(first.file, 0, 0);
}

function isMeant(declaration: Declaration, { kind, name }: Place): boolean {
  const keyword = KEYWORDS[declaration.kind];
  if (declaration.kind === "SessionDeclaration") return kind === "session";
  const isKind = kind === "callable" ? keyword === "system" || keyword === "endpoint" : keyword === kind;
  return isKind && declaration.name.text === name;
}

function nameSpan(declaration: Declaration): Span {
  return declaration.kind === "SessionDeclaration" ? declaration.keyword : declaration.name.span;
}

function memberSpan(declaration: Declaration, member: string | undefined): Span | undefined {
  const members = declaration.kind === "EnumDeclaration" ? declaration.values : fieldsOf(declaration);
  return members.find(({ name }) => name.text === member)?.name.span;
}
