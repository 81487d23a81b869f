import { CompletionItemKind } from "vscode-languageserver-types";
import type { Namespace, TypeDeclaration } from "../../../check/project.js";
import { BUILT_IN_TYPES, isIntegerBase, isSized } from "../../../check/types.js";
import { TYPE_TEXTS } from "../hover/type-texts.js";
import { declaredProposal, namespaceProposal } from "./declared.js";
import type { Expected } from "./expected.js";
import { place, type Proposal } from "./proposal.js";
import type { Scope } from "./scope.js";

const SIZE = "32";

/**
 * Types of a field, a parameter or a result.
 *
 * @param size how many characters a size takes that follows already: a type that has none takes its place, too.
 */
export function types(
  scope: Scope,
  { place: where, declaration, namespace: prefix }: Extract<Expected, { kind: "type" }>,
  size: number,
): Proposal[] {
  const allowsStructs = where !== "column" && where !== "session field";
  // A struct cannot contain itself.
  const own = scope.declaration(declaration);
  const isOffered = (each: TypeDeclaration): boolean =>
    each.kind === "EnumDeclaration" || (allowsStructs && each.kind === "StructDeclaration" && each !== own);
  const declaredIn = (namespace: Namespace, prefixed: boolean): Proposal[] =>
    [...namespace.types.values()]
      .filter(isOffered)
      .map((declaration) => ({ ...declaredProposal(declaration, namespace, prefixed), swallows: size }));

  if (prefix !== undefined) {
    const namespace = scope.snapshot.context.namespaces.get(prefix);
    return namespace === undefined ? [] : declaredIn(namespace, false);
  }
  const others = scope.otherNamespaces.map((namespace) => ({ namespace, types: declaredIn(namespace, true) }));
  return [
    ...BUILT_IN_TYPES.map((name) => builtIn(name, size)),
    ...(scope.namespace === undefined ? [] : declaredIn(scope.namespace, false)),
    ...others.flatMap(({ types }) => types),
    ...others.flatMap(({ namespace, types }) => (types.length === 0 ? [] : [namespaceProposal(namespace)])),
  ];
}

/** The integers that an enum may be based on. */
export function enumBases(): Proposal[] {
  return BUILT_IN_TYPES.filter(isIntegerBase).map((name) => builtIn(name, 0));
}

function builtIn(name: string, size: number): Proposal {
  const sized = isSized(name) && size === 0;
  const documentation = TYPE_TEXTS[name]?.meaning;
  return {
    label: sized ? `${name}(N)` : name,
    filter: name,
    kind: CompletionItemKind.Keyword,
    rank: 3,
    detail: "built-in type",
    ...(documentation === undefined ? {} : { documentation }),
    ...(isSized(name) ? {} : { swallows: size }),
    ...(sized ? { snippet: `${name}(${place(1, SIZE)})` } : {}),
  };
}
