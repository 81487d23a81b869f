import { type FormerName, formerNames, hasAttribute } from "../../../check/attributes/read.js";
import { span, type Span } from "../../../source/span.js";
import type { Attribute, ComponentDeclaration, Field } from "../../../syntax/tree.js";
import type { SchemaSymbol } from "../../project/symbols/symbol.js";

/** A change of one file; whether the rename is one without it, too. */
export interface RenameEdit {
  readonly span: Span;
  readonly text: string;
  readonly optional?: true;
}

/**
 * What happens to the `@was` of a component or column that gets another name. It says under which names data may be
 * stored, the newest first: each rename adds one, and the one back to one of them takes that away with what came after
 * it. Nothing for what is not stored, or does not outlive a migration.
 */
export function wasEdit(symbol: SchemaSymbol, newName: string): RenameEdit | undefined {
  if (symbol.kind === "declaration" && symbol.declaration.kind === "ComponentDeclaration") {
    return ofComponent(symbol.declaration, newName);
  }
  if (symbol.kind === "field" && symbol.owner.kind === "ComponentDeclaration") {
    return ofColumn(symbol.owner, symbol.field, newName);
  }
  return undefined;
}

function ofComponent(component: ComponentDeclaration, newName: string): RenameEdit | undefined {
  const { attributes, keyword, name } = component;
  const given = formerNames(attributes, "component");
  if (given.length > 0) return shifted(given, name.text, newName, without);
  if (hasAttribute(attributes, "was") || hasAttribute(attributes, "volatile")) return undefined;
  const was = `@was(${name.text})`;
  const last = attributes.at(-1);
  if (last !== undefined) return added(last.span, ` ${was}`);
  const { file, start } = keyword;
  const before = file.text.slice(file.lineStart(file.lineOf(start)), start);
  const apart = before.trim() === "" ? lineBreak(file.text) + before : " ";
  return { span: span(file, start, start), text: was + apart.replace("\ufeff", ""), optional: true };
}

function ofColumn(component: ComponentDeclaration, field: Field, newName: string): RenameEdit | undefined {
  const given = formerNames(field.attributes, "column");
  if (given.length > 0) return shifted(given, field.name.text, newName, withSpaceBefore);
  if (hasAttribute(field.attributes, "was") || hasAttribute(component.attributes, "volatile")) return undefined;
  return added(field.span, ` @was(${field.name.text})`);
}

/** @param whole the stretch that an attribute takes with white space. */
function shifted(
  given: readonly FormerName[],
  name: string,
  newName: string,
  whole: (attribute: Attribute) => Span,
): RenameEdit | undefined {
  const [newest] = given;
  if (newest === undefined) return undefined;
  const { file, start } = newest.span;
  const place = given.findIndex(({ value }) => value === newName);
  if (place < 0) return { span: span(file, start, start), text: `${name}, `, optional: true };
  const older = given[place + 1];
  return removed(older === undefined ? whole(newest.attribute) : span(file, start, older.span.start));
}

function added({ file, end }: Span, text: string): RenameEdit {
  return { span: span(file, end, end), text, optional: true };
}

function removed(stretch: Span): RenameEdit {
  return { span: stretch, text: "" };
}

/** An attribute of a declaration with the white space that it needs no more. */
function without(attribute: Attribute): Span {
  const { file, start, end } = attribute.span;
  const opensLine = file.text.slice(file.lineStart(file.lineOf(start)), start).trim() === "";
  if (!opensLine) return withSpaceBefore(attribute);
  const rest = file.text.slice(end);
  return span(file, start, end + rest.length - rest.trimStart().length);
}

function withSpaceBefore({ span: { file, start, end } }: Attribute): Span {
  return span(file, file.text.slice(0, start).trimEnd().length, end);
}

function lineBreak(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
