import type { LiteralModel, RangeModel, TypeModel } from "../model/model.js";

/** A type as a schema writes it; types of other namespaces with their namespace. */
export function typeText(type: TypeModel, namespace: string): string {
  switch (type.kind) {
    case "scalar":
      return type.name;
    case "string":
    case "bytes":
      return `${type.kind}(${type.max})`;
    case "array":
      return `${typeText(type.of, namespace)}[]`;
    case "enum":
    case "struct":
      return type.namespace === namespace ? type.name : `${type.namespace}.${type.name}`;
  }
}

/** A field's type with its `?` and, where it has one, its range. */
export function fieldText(
  field: { readonly type: TypeModel; readonly optional?: true; readonly range?: RangeModel },
  namespace: string,
): string {
  const range = field.range === undefined ? "" : ` @range(${field.range.min}, ${field.range.max})`;
  return `${typeText(field.type, namespace)}${field.optional === true ? "?" : ""}${range}`;
}

export function rangeText(range: RangeModel | undefined): string {
  return range === undefined ? "that of its type" : `${range.min} to ${range.max}`;
}

export function literalText(literal: LiteralModel | undefined): string {
  if (literal === undefined) return "none";
  switch (literal.kind) {
    case "enum":
      return literal.name;
    case "now":
      return "now";
    case "string":
    case "bytes":
      return JSON.stringify(literal.value);
    default:
      return String(literal.value);
  }
}
