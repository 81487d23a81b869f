import type { Declaration, NameReference, SessionDeclaration } from "../syntax/tree.js";
import type { CheckContext, Placed } from "./context.js";
import { mentionsOf } from "./mentions.js";
import type { CallableDeclarationNode, TypeDeclaration } from "./project.js";

/** What a name led to. Declarations of the same text that were parsed anew are others. */
interface Lookup {
  readonly namespace: string;
  readonly name: string;
  readonly type: TypeDeclaration | undefined;
  readonly callable: CallableDeclarationNode | undefined;
}

/** All of a project that a rule may ask about one declaration, and what it was told. */
export interface Dependencies {
  readonly namespace: string;
  /** Of a component with row-level security. */
  readonly session: SessionDeclaration | undefined;
  readonly lookups: readonly Lookup[];
}

/** What a declaration depends on, besides itself, as things are. */
export function dependenciesOf(
  { declaration, namespace }: Placed<Declaration>,
  { namespaces }: CheckContext,
): Dependencies {
  const session = asksSession(declaration) ? namespace.session : undefined;
  const references = session === undefined ? named(declaration) : [...named(declaration), ...named(session)];
  const lookups = references.map((reference): Lookup => {
    const name = reference.name.text;
    const from = reference.namespace?.text ?? namespace.name;
    const found = namespaces.get(from);
    return { namespace: from, name, type: found?.types.get(name), callable: found?.callables.get(name) };
  });
  return { namespace: namespace.name, session, lookups };
}

/** Whether a declaration depends on the same as before. */
export function areSame(
  { namespace: before, session, lookups }: Dependencies,
  { declaration, namespace }: Placed<Declaration>,
  { namespaces }: CheckContext,
): boolean {
  if (before !== namespace.name) return false;
  if (asksSession(declaration) && session !== namespace.session) return false;
  return lookups.every(({ namespace: from, name, type, callable }) => {
    const found = namespaces.get(from);
    return found?.types.get(name) === type && found?.callables.get(name) === callable;
  });
}

function asksSession({ attributes }: Declaration): boolean {
  return attributes.some(({ name }) => name.text === "rls");
}

/** Every name in a declaration that is looked up in a namespace. */
function named(declaration: Declaration): readonly NameReference[] {
  const { types, callables } = mentionsOf(declaration);
  return callables.length === 0 ? types : [...types, ...callables];
}
