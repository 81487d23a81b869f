import { hasAttribute } from "../../../check/attributes/read.js";
import { placeOf } from "../../../check/kinds.js";
import type { NamedDeclaration, Occurrence, SchemaSymbol } from "../../project/symbols/symbol.js";
import type { ColouredToken } from "./encode.js";
import type { TokenModifier, TokenType } from "./legend.js";

const DECLARATION_COLOURS = {
  EnumDeclaration: "enum",
  ComponentDeclaration: "class",
  StructDeclaration: "struct",
  ErrorDeclaration: "type",
  EventDeclaration: "event",
  SystemDeclaration: "function",
  EndpointDeclaration: "method",
} as const satisfies Record<NamedDeclaration["kind"], TokenType>;

/** How a name looks that leads to something. */
export function occurrenceToken({ symbol, span: { start, end }, role }: Occurrence): ColouredToken {
  const modifiers: TokenModifier[] = [];
  if (role === "declaration" && symbol.kind !== "session") modifiers.push("declaration");
  if (symbol.kind === "enum value") modifiers.push("readonly");
  if (isDeprecated(symbol)) modifiers.push("deprecated");
  return { start, end, type: colourOf(symbol), modifiers };
}

function colourOf(symbol: SchemaSymbol): TokenType {
  switch (symbol.kind) {
    case "namespace":
      return "namespace";
    case "declaration":
      return DECLARATION_COLOURS[symbol.declaration.kind];
    case "session":
      return "keyword";
    case "field":
      return placeOf(symbol.owner) === "parameter" ? "parameter" : "property";
    case "enum value":
      return "enumMember";
    case "copy":
      return "typeParameter";
  }
}

function isDeprecated(symbol: SchemaSymbol): boolean {
  switch (symbol.kind) {
    case "declaration":
      return hasAttribute(symbol.declaration.attributes, "deprecated");
    case "field":
      return hasAttribute(symbol.field.attributes, "deprecated");
    case "enum value":
      return hasAttribute(symbol.value.attributes, "deprecated");
    default:
      return false;
  }
}
