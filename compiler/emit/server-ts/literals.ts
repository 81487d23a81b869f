import type { ColumnTypeModel, LiteralModel } from "../../model/model.js";
import { typescriptMemberName } from "../../model/names/typescript.js";
import { textLiteral } from "../print.js";
import type { ValueTypes } from "./value-types.js";

/** A literal of the schema as an expression of the column's type; `now` is the parameter of that name. */
export function defaultValue(types: ValueTypes, type: ColumnTypeModel, literal: LiteralModel): string {
  switch (literal.kind) {
    case "bool":
      return String(literal.value);
    case "number":
      return numberLiteral(type.kind === "scalar" && type.name === "f32" ? Math.fround(literal.value) : literal.value);
    case "bigint":
      return `${literal.value}n`;
    case "string":
      return textLiteral(literal.value);
    case "bytes":
      return bytesLiteral(literal.value);
    case "enum":
      return JSON.stringify(typescriptMemberName(literal.name));
    case "now":
      return "now";
  }
}

function numberLiteral(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function bytesLiteral(hex: string): string {
  if (hex === "") return "new Uint8Array(0)";
  const bytes = hex.match(/../g) ?? [];
  return `Uint8Array.of(${bytes.map((byte) => `0x${byte}`).join(", ")})`;
}
