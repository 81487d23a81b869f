import { fieldsOf } from "../../check/kinds.js";
import type { Fix } from "../../diagnostics/diagnostic.js";
import type { Field, SchemaFile, StructDeclaration } from "../../syntax/tree.js";
import { namespaceOf } from "../features/namespace-of.js";
import type { Snapshot } from "../project/snapshot.js";
import { replacement } from "./edits.js";
import { canHoldStructs } from "./extract-struct.js";

/**
 * Puts the fields of a struct in the place of the field, or parameter, at the cursor that has it as its type. The struct
 * stays, for what else uses it.
 */
export function inlineStruct(snapshot: Snapshot, file: SchemaFile, cursor: number): readonly Fix[] {
  const owner = file.declarations.find(({ span }) => span.start <= cursor && cursor <= span.end);
  const namespace = namespaceOf(file, snapshot.context);
  if (!canHoldStructs(owner) || namespace === undefined) return [];
  const fields = fieldsOf(owner);
  const index = fields.findIndex(({ span }) => span.start <= cursor && cursor <= span.end);
  const field = fields[index];
  if (field === undefined || !isPlain(field)) return [];
  const type = snapshot.context.type(field.type, namespace);
  // Names in a struct of another namespace are looked up there.
  if (type.kind !== "struct" || type.namespace !== namespace || type.declaration === owner) return [];
  const { declaration: struct } = type;
  const rest = fields.filter((each) => each !== field);
  const isCall = "params" in owner;
  const isInOrder =
    !isCall || fields[index + 1] === undefined || struct.fields.every(({ optional }) => optional === undefined);
  const hasTaken = struct.fields.some(({ name }) => rest.some((each) => each.name.text === name.text));
  if (hasTaken || !isInOrder || struct.fields.length === 0) return [];
  const text = isCall ? asParameters(struct) : asFields(struct, field);
  if (text === undefined) return [];
  return [
    { title: `Inline struct ${struct.name.text} (changes the interface)`, edits: [replacement(field.span, text)] },
  ];
}

/** A list of structs, or one that may be missing, is not the same as its fields; and what is said of it would be lost. */
function isPlain({ type, optional, doc, attributes }: Field): boolean {
  return type.kind === "NamedType" && optional === undefined && doc === undefined && attributes.length === 0;
}

/** What stands between the braces, when it can stand in the place of a field: `///` needs a line of its own. */
function asFields({ body, fields }: StructDeclaration, { span: { file, start } }: Field): string | undefined {
  const [first, last] = [fields[0], fields.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const isFirstOnLine = file.text.slice(file.lineStart(file.lineOf(start)), start).trim() === "";
  if (first.doc !== undefined && !isFirstOnLine) return undefined;
  return body.file.text.slice(first.doc?.span.start ?? first.span.start, last.span.end);
}

/** Parameters need commas, which fields need not have; comments between them have no place in a list of parameters. */
function asParameters({ fields }: StructDeclaration): string | undefined {
  if (fields.some(({ doc }) => doc !== undefined)) return undefined;
  return fields.map(({ span: { file, start, end } }) => file.text.slice(start, end)).join(", ");
}
