import type { NameReference, TypeNode } from "../syntax/tree.js";
import { NAMELESS, type CallableDeclarationNode, type Namespace, type TypeDeclaration } from "./project.js";
import { isScalarName, SIZE_MAX, SIZE_MIN, UNKNOWN, type ResolvedType } from "./types.js";
import { integerValue } from "./numbers.js";

export type Namespaces = ReadonlyMap<string, Namespace>;

/** What a reference leads to. */
export type Resolution<D> =
  | { readonly kind: "found"; readonly declaration: D; readonly namespace: Namespace }
  | { readonly kind: "no such namespace" }
  | { readonly kind: "no such name"; readonly namespace: Namespace };

/** Looks a component, enum, struct, error or event up as it is seen from `from`. */
export function resolveType(reference: NameReference, from: Namespace, all: Namespaces): Resolution<TypeDeclaration> {
  return resolve(reference, from, all, (namespace) => namespace.types);
}

/** Looks a system or endpoint up as it is seen from `from`. */
export function resolveCallable(
  reference: NameReference,
  from: Namespace,
  all: Namespaces,
): Resolution<CallableDeclarationNode> {
  return resolve(reference, from, all, (namespace) => namespace.callables);
}

function resolve<D>(
  reference: NameReference,
  from: Namespace,
  all: Namespaces,
  scope: (namespace: Namespace) => ReadonlyMap<string, D>,
): Resolution<D> {
  const namespace = reference.namespace === undefined ? from : all.get(reference.namespace.text);
  if (namespace === undefined || (namespace.name === NAMELESS && namespace !== from)) {
    return { kind: "no such namespace" };
  }
  const declaration = scope(namespace).get(reference.name.text);
  if (declaration === undefined) return { kind: "no such name", namespace };
  return { kind: "found", declaration, namespace };
}

/** The type that a type node means, or `unknown`; reports nothing. */
export function typeOf(node: TypeNode, from: Namespace, all: Namespaces): ResolvedType {
  let levels = 0;
  let inner = node;
  while (inner.kind === "ArrayType") {
    levels += 1;
    inner = inner.element;
  }
  let type = inner.kind === "NamedType" ? namedType(inner.reference, inner.size, from, all) : UNKNOWN;
  for (; levels > 0 && type.kind !== "unknown"; levels -= 1) type = { kind: "array", of: type };
  return type;
}

function namedType(
  reference: NameReference,
  size: Extract<TypeNode, { kind: "NamedType" }>["size"],
  from: Namespace,
  all: Namespaces,
): ResolvedType {
  const name = reference.name.text;
  if (reference.namespace === undefined) {
    if (isScalarName(name)) return { kind: "scalar", name };
    if (name === "string" || name === "bytes") {
      const max = size?.kind === "NumberLiteral" ? integerValue(size.raw) : undefined;
      return max !== undefined && max >= SIZE_MIN && max <= SIZE_MAX ? { kind: name, max: Number(max) } : UNKNOWN;
    }
  }
  const resolution = resolveType(reference, from, all);
  if (resolution.kind !== "found") return UNKNOWN;
  const { declaration, namespace } = resolution;
  if (declaration.kind === "EnumDeclaration") return { kind: "enum", declaration, namespace };
  if (declaration.kind === "StructDeclaration") return { kind: "struct", declaration, namespace };
  return UNKNOWN;
}
