import {
  unusedCallable,
  unusedComponent,
  unusedError,
  unusedEvent,
  unusedType,
} from "../../diagnostics/codes/style.js";
import type { ComponentDeclaration, Declaration } from "../../syntax/tree.js";
import { hasAttribute, readName } from "../attributes/read.js";
import type { CheckContext, Rule } from "../context.js";
import { describe, KEYWORDS } from "../kinds.js";
import { mentionsOf } from "../mentions.js";
import {
  isCallable,
  NAMELESS,
  type CallableDeclarationNode,
  type Namespace,
  type TypeDeclaration,
} from "../project.js";
import { resolveCallable, resolveType } from "../resolve.js";
import { triggersOf } from "../triggers.js";

type NamedDeclaration = TypeDeclaration | CallableDeclarationNode;

/**
 * What is declared is used: types by fields, parameters and results, errors by `rejects`, events by `emits`, components
 * by `uses` or by clients that may read them, systems and endpoints by clients, by the engine or by `calls`.
 *
 * Three things are taken as meant. What is `@deprecated` is on its way out. A namespace that nothing can be called in
 * holds types for others, of which some may be in other projects, or has only been begun. And server code may read a
 * field of the session, or name a value of an enum, which no schema shows.
 */
export const declarationsAreUsed: Rule = (context) => {
  // What a file names that is in no namespace may be anything of any.
  if (context.namespaces.has(NAMELESS)) return;
  let used: ReadonlySet<Declaration> | undefined;
  for (const namespace of context.namespaces.values()) {
    if (!namespace.declarations.some(canBeEntered)) continue;
    used ??= usedDeclarations(context);
    for (const declaration of namespace.declarations) {
      if (declaration.kind === "SessionDeclaration" || used.has(declaration)) continue;
      if (!isLeftAlone(declaration, namespace) && !mayBeUnread(declaration, context)) report(declaration, context);
    }
  }
};

/** All that types and clauses name. */
function usedDeclarations({ namespaces }: CheckContext): ReadonlySet<Declaration> {
  const used = new Set<Declaration>();
  for (const namespace of namespaces.values()) {
    for (const declaration of namespace.declarations) {
      const { types, callables } = mentionsOf(declaration);
      for (const reference of types) {
        const found = resolveType(reference, namespace, namespaces);
        if (found.kind === "found") used.add(found.declaration);
      }
      for (const reference of callables) {
        const found = resolveCallable(reference, namespace, namespaces);
        if (found.kind === "found") used.add(found.declaration);
      }
    }
  }
  return used;
}

/** Whether a client or the engine may start something here. */
function canBeEntered(declaration: Declaration): boolean {
  if (!isCallable(declaration)) return false;
  if (hasAttribute(declaration.attributes, "permission")) return true;
  return declaration.kind === "SystemDeclaration" && triggersOf(declaration).length > 0;
}

/** What has another use than being named, or was declared before under the same name: that is told elsewhere. */
function isLeftAlone(declaration: NamedDeclaration, { types, callables }: Namespace): boolean {
  if (hasAttribute(declaration.attributes, "deprecated")) return true;
  const scope = isCallable(declaration) ? callables : types;
  if (scope.get(declaration.name.text) !== declaration) return true;
  if (declaration.kind === "ComponentDeclaration") return isReadByClients(declaration);
  return canBeEntered(declaration);
}

function isReadByClients(component: ComponentDeclaration): boolean {
  if (hasAttribute(component.attributes, "rls")) return true;
  return hasAttribute(component.attributes, "permission") && readName(component, "permission")?.value !== "admin";
}

/** Whether what names a declaration, or opens it to clients, may be in text that could not be read. */
function mayBeUnread(declaration: NamedDeclaration, context: CheckContext): boolean {
  return context.broken.touches(declaration) || context.broken.mayName(declaration.name.text);
}

function report(declaration: NamedDeclaration, context: CheckContext): void {
  const { text: name, span } = declaration.name;
  switch (declaration.kind) {
    case "EnumDeclaration":
    case "StructDeclaration":
      context.report(unusedType, { type: describe(declaration) }, span);
      break;
    case "ErrorDeclaration":
      context.report(unusedError, { error: name }, span);
      break;
    case "EventDeclaration":
      context.report(unusedEvent, { event: name }, span);
      break;
    case "ComponentDeclaration":
      context.report(unusedComponent, { component: name }, span);
      break;
    case "SystemDeclaration":
    case "EndpointDeclaration":
      context.report(unusedCallable, { callable: describe(declaration), kind: KEYWORDS[declaration.kind] }, span);
  }
}
