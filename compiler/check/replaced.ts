import type { Declaration } from "../syntax/tree.js";
import type { Placed } from "./context.js";

/** A declaration, and the one that stands in its place now. */
export interface Replaced {
  readonly before: Declaration;
  readonly now: Declaration;
}

/**
 * The declarations that are others than before, each with the one that was there; `undefined` when there are more or
 * fewer, or when one is in another namespace.
 *
 * @param before of the whole project, in order, as `now`.
 */
export function replacedDeclarations(
  before: readonly Placed<Declaration>[],
  now: readonly Placed<Declaration>[],
): readonly Replaced[] | undefined {
  if (before.length !== now.length) return undefined;
  const replaced: Replaced[] = [];
  for (const [at, { declaration, namespace }] of now.entries()) {
    const old = before[at];
    if (old?.namespace.name !== namespace.name) return undefined;
    if (old.declaration !== declaration) replaced.push({ before: old.declaration, now: declaration });
  }
  return replaced;
}

/** Whether both are of one kind and have one name: to those who only ask for that nothing has changed. */
export function isNamedTheSame({ before, now }: Replaced): boolean {
  return before.kind === now.kind && nameOf(before) === nameOf(now);
}

/** Empty for a session. */
export function nameOf(declaration: Declaration): string {
  return declaration.kind === "SessionDeclaration" ? "" : declaration.name.text;
}
