import type { Declaration, Field } from "../syntax/tree.js";
import type { CallableDeclarationNode } from "./project.js";

/** The keyword of each kind of declaration; also what messages call it. */
export const KEYWORDS = {
  EnumDeclaration: "enum",
  SessionDeclaration: "session",
  ComponentDeclaration: "component",
  StructDeclaration: "struct",
  ErrorDeclaration: "error",
  EventDeclaration: "event",
  SystemDeclaration: "system",
  EndpointDeclaration: "endpoint",
} as const satisfies Record<Declaration["kind"], string>;

export type Keyword = (typeof KEYWORDS)[Declaration["kind"]];

/** `component Position`, `session`: a declaration as messages name it. */
export function describe(declaration: Declaration): string {
  if (declaration.kind === "SessionDeclaration") return "`session`";
  return `${KEYWORDS[declaration.kind]} \`${declaration.name.text}\``;
}

/** Where a field stands, which decides what it may be and which attributes it may have. */
export type FieldPlace = "column" | "struct field" | "error field" | "event field" | "session field" | "parameter";

const FIELD_PLACES = {
  ComponentDeclaration: "column",
  StructDeclaration: "struct field",
  ErrorDeclaration: "error field",
  EventDeclaration: "event field",
  SessionDeclaration: "session field",
  SystemDeclaration: "parameter",
  EndpointDeclaration: "parameter",
} as const satisfies Partial<Record<Declaration["kind"], FieldPlace>>;

/** A declaration that has fields or parameters. */
export type FieldOwner = Extract<Declaration, { fields: readonly Field[] }> | CallableDeclarationNode;

export function fieldsOf(owner: FieldOwner): readonly Field[] {
  return "fields" in owner ? owner.fields : owner.params;
}

export function placeOf(owner: FieldOwner): FieldPlace {
  return FIELD_PLACES[owner.kind];
}
