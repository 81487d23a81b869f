import { innermost } from "../../../check/innermost.js";
import { resolveType } from "../../../check/resolve.js";
import { BUILT_IN_TYPES } from "../../../check/types.js";
import type { FieldOwner } from "../../../check/kinds.js";
import type { Field, TypeNode } from "../../../syntax/tree.js";
import type { Scope } from "./scope.js";

const BUILT_IN: ReadonlySet<string> = new Set(BUILT_IN_TYPES);

/** The names in a field: its own, those of its type, and the enum value that is its default. */
export function addFieldNames(scope: Scope, owner: FieldOwner, field: Field): void {
  scope.addField(owner, field.name, "declaration");
  addTypeNames(scope, field.type);
  const { default: value } = field;
  if (value?.kind !== "NameReference" || value.namespace !== undefined) return;
  const type = scope.context.type(field.type, scope.namespace);
  if (type.kind === "enum") scope.addEnumValue(type.declaration, value.name, type.namespace);
}

/** The declaration that a type names, and its namespace; built-in types have none. */
export function addTypeNames(scope: Scope, type: TypeNode): void {
  const named = innermost(type);
  if (named === undefined) return;
  const { reference } = named;
  if (reference.namespace === undefined && BUILT_IN.has(reference.name.text)) return;
  scope.addReference(reference, resolveType(reference, scope.namespace, scope.context.namespaces));
}
