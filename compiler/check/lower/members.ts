import type {
  ColumnModel,
  ColumnTypeModel,
  Documented,
  EnumValueModel,
  FieldModel,
  LiteralModel,
  RangeModel,
  TypeModel,
} from "../../model/model.js";
import type { Annotated, Attribute, EnumDeclaration, Field } from "../../syntax/tree.js";
import type { Place } from "../attributes/places.js";
import { formerNames, readFieldName, readText } from "../attributes/read.js";
import type { CheckContext } from "../context.js";
import { docText } from "../doc-text.js";
import { InvalidTreeError } from "../invalid-tree-error.js";
import type { FieldPlace } from "../kinds.js";
import type { Namespace } from "../project.js";
import { readRange } from "../range.js";
import type { ResolvedType } from "../types.js";
import { enumNumbers, readLiteral } from "../values.js";

/** The `///` text and the reason of `@deprecated`. */
export function lowerDocumentation(node: Annotated, place: Place): Documented {
  const doc = docText(node);
  const deprecated = readText(node.attributes, place, "deprecated");
  return {
    ...(doc === undefined ? {} : { doc }),
    ...(deprecated === undefined ? {} : { deprecated: deprecated.value }),
  };
}

export function lowerType(type: ResolvedType): TypeModel {
  switch (type.kind) {
    case "scalar":
      return { kind: "scalar", name: type.name };
    case "string":
    case "bytes":
      return { kind: type.kind, max: type.max };
    case "enum":
    case "struct":
      return { kind: type.kind, namespace: type.namespace.name, name: type.declaration.name.text };
    case "array":
      return { kind: "array", of: lowerType(type.of) };
    case "unknown":
      throw new InvalidTreeError("a type that does not resolve");
  }
}

export function lowerColumnType(type: ResolvedType): ColumnTypeModel {
  const model = lowerType(type);
  if (model.kind === "struct" || model.kind === "array") throw new InvalidTreeError("a column of a compound type");
  return model;
}

/** A member of a struct, an error or an event, or a parameter. */
export function lowerField(field: Field, place: FieldPlace, namespace: Namespace, context: CheckContext): FieldModel {
  const type = context.type(field.type, namespace);
  return {
    name: field.name.text,
    type: lowerType(type),
    ...(field.optional === undefined ? {} : { optional: true }),
    ...lowerRange(field, place, type),
    ...lowerDocumentation(field, place),
  };
}

export function lowerColumn(field: Field, namespace: Namespace, context: CheckContext): ColumnModel {
  const type = context.type(field.type, namespace);
  const visibility = readFieldName(field, "column", "permission")?.value;
  return {
    name: field.name.text,
    type: lowerColumnType(type),
    ...(field.default === undefined ? {} : { default: lowerDefault(field, type) }),
    ...lowerRange(field, "column", type),
    visibility: visibility === "admin" || visibility === "owner" ? visibility : "public",
    ...lowerFormerNames(field.attributes, "column"),
    ...lowerDocumentation(field, "column"),
  };
}

/** The names of `@was`. */
export function lowerFormerNames(
  attributes: readonly Attribute[],
  place: "component" | "column",
): Pick<ColumnModel, "was" | "wasBefore"> {
  const [was, ...wasBefore] = formerNames(attributes, place).map(({ value }) => value);
  if (was === undefined) return {};
  return wasBefore.length === 0 ? { was } : { was, wasBefore };
}

export function lowerEnumValues(declaration: EnumDeclaration): readonly EnumValueModel[] {
  const numbers = enumNumbers(declaration);
  return declaration.values.map((value, index) => ({
    name: value.name.text,
    value: Number(numbers[index]),
    ...lowerDocumentation(value, "enum value"),
  }));
}

function lowerRange(field: Field, place: FieldPlace, type: ResolvedType): { readonly range?: RangeModel } {
  const range = readRange(field, place, type);
  return range?.kind === "range" ? { range: { min: range.min, max: range.max } } : {};
}

function lowerDefault(field: Field, type: ResolvedType): LiteralModel {
  const result = field.default === undefined ? undefined : readLiteral(field.default, type);
  if (result?.kind !== "literal") throw new InvalidTreeError("a default that does not fit");
  return result.literal;
}
