import type { FieldOwner } from "../../../check/kinds.js";
import type { Span } from "../../../source/span.js";
import type { Declaration, EnumDeclaration, EnumValue, Field, SessionDeclaration } from "../../../syntax/tree.js";

/** A declaration that has a name; a session has none. */
export type NamedDeclaration = Exclude<Declaration, SessionDeclaration>;

/**
 * A thing of the schema that can be named. Of things that share a name in one scope, which is an error, the first one
 * stands for all. Nodes are those of one snapshot: a symbol means nothing to another one.
 */
export type SchemaSymbol =
  | { readonly kind: "namespace"; readonly name: string }
  | { readonly kind: "declaration"; readonly namespace: string; readonly declaration: NamedDeclaration }
  | { readonly kind: "session"; readonly namespace: string; readonly declaration: SessionDeclaration }
  /** A column, parameter, session field, … */
  | { readonly kind: "field"; readonly namespace: string; readonly owner: FieldOwner; readonly field: Field }
  | {
      readonly kind: "enum value";
      readonly namespace: string;
      readonly declaration: EnumDeclaration;
      readonly value: EnumValue;
    }
  /** `Shop` of `calls pay:Shop`. Nothing declares it. */
  | { readonly kind: "copy"; readonly namespace: string; readonly suffix: string };

/** A place where a symbol is named. */
export interface Occurrence {
  readonly symbol: SchemaSymbol;
  /** Of the name alone; of a session the keyword. */
  readonly span: Span;
  /** A name that is declared again, or a namespace that several files state, has several declarations. */
  readonly role: "declaration" | "reference";
}

/** Whether two symbols of one snapshot are the same thing. */
export function sameSymbol(a: SchemaSymbol, b: SchemaSymbol): boolean {
  return a === b || identityOf(a) === identityOf(b);
}

/** What tells a symbol from every other one of its snapshot: the node that declares it, or a text. */
export function identityOf(symbol: SchemaSymbol): object | string {
  switch (symbol.kind) {
    case "namespace":
      return `namespace ${symbol.name}`;
    case "copy":
      return `copy ${symbol.namespace}:${symbol.suffix}`;
    case "declaration":
    case "session":
      return symbol.declaration;
    case "field":
      return symbol.field;
    case "enum value":
      return symbol.value;
  }
}
