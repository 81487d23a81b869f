import { hasAttribute, readFieldName, readName } from "../../../check/attributes/read.js";
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
 * What happens to the `@was` of a component or column that gets another name. It says under which name the data is
 * stored: the first rename adds it, further ones leave it, and the one back to that name removes it. Nothing for what is
 * not stored, or does not outlive a migration.
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
  const given = readName(component, "was");
  if (given?.value === newName) return removed(without(given.attribute));
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
  const given = readFieldName(field, "column", "was");
  if (given?.value === newName) return removed(withSpaceBefore(given.attribute));
  if (hasAttribute(field.attributes, "was") || hasAttribute(component.attributes, "volatile")) return undefined;
  return added(field.span, ` @was(${field.name.text})`);
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
