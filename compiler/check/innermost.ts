import type { NamedType, TypeNode } from "../syntax/tree.js";

/** The named type under all lists; `undefined` where it could not be read. */
export function innermost(type: TypeNode): NamedType | undefined {
  let inner = type;
  while (inner.kind === "ArrayType") inner = inner.element;
  return inner.kind === "NamedType" ? inner : undefined;
}
