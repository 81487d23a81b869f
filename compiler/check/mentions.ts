import type { Declaration, NameReference } from "../syntax/tree.js";
import { fieldsOf } from "./kinds.js";
import { onceEach } from "./once-each.js";
import { isCallable } from "./project.js";
import { innermost } from "./innermost.js";
import { BUILT_IN_TYPES } from "./types.js";

/** The names that a declaration gives to others, each once. */
export interface Mentions {
  /** Of components, enums, structs, errors and events. */
  readonly types: readonly NameReference[];
  /** Of systems and endpoints. */
  readonly callables: readonly NameReference[];
}

const BUILT_IN: ReadonlySet<string> = new Set(BUILT_IN_TYPES);

const NONE: Mentions = { types: [], callables: [] };

/** What a declaration names in types and clauses. */
export const mentionsOf = onceEach((declaration: Declaration): Mentions => {
  if (declaration.kind === "EnumDeclaration") return NONE;
  const types = fieldsOf(declaration).map(({ type }) => type);
  if (!isCallable(declaration)) return { types: distinct(types.map(namedBy)), callables: [] };
  const { result, uses, calls, rejects, emits } = declaration;
  return {
    types: distinct([
      ...[...types, ...(result === undefined ? [] : [result.type])].map(namedBy),
      ...[uses, rejects, emits].flatMap((clause) => clause?.items ?? []),
    ]),
    callables: distinct((calls?.items ?? []).map(({ system }) => system)),
  };
});

function namedBy(type: Parameters<typeof innermost>[0]): NameReference | undefined {
  const reference = innermost(type)?.reference;
  return reference?.namespace === undefined && BUILT_IN.has(reference?.name.text ?? "") ? undefined : reference;
}

function distinct(references: readonly (NameReference | undefined)[]): readonly NameReference[] {
  const byText = new Map<string, NameReference>();
  for (const each of references) {
    if (each === undefined) continue;
    const key = `${each.namespace?.text ?? ""}.${each.name.text}`;
    if (!byText.has(key)) byText.set(key, each);
  }
  return [...byText.values()];
}
