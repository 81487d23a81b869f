import type { NamedType, TypeNode } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";
import type { Namespace } from "./project.js";

/** A type as it is written, with the namespace that it is seen from. */
export interface PlacedType {
  readonly type: TypeNode;
  readonly namespace: Namespace;
}

/** The types of all fields, parameters and results. */
export function* writtenTypes(context: CheckContext): Generator<PlacedType> {
  for (const { field, namespace } of context.fields()) yield { type: field.type, namespace };
  for (const { declaration, namespace } of context.callables()) {
    if (declaration.result !== undefined) yield { type: declaration.result.type, namespace };
  }
}

/** The named type under all lists; `undefined` where it could not be read. */
export function innermost(type: TypeNode): NamedType | undefined {
  let inner = type;
  while (inner.kind === "ArrayType") inner = inner.element;
  return inner.kind === "NamedType" ? inner : undefined;
}
