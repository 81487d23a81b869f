import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Declaration } from "../syntax/tree.js";
import type { CheckContext, Placed } from "./context.js";
import { areSame, dependenciesOf, type Dependencies } from "./dependencies.js";
import { NAMELESS } from "./project.js";

/**
 * Declarations in which no rule has found anything. For as long as one stays the same object and depends on the same
 * objects, no rule finds anything in it: an editor need not look again at every key. Declarations with findings are
 * looked at each time, which also keeps the budget of suggestions what it is afresh.
 */
export class SettledDeclarations {
  readonly #known = new WeakMap<Declaration, Dependencies>();

  /** The declarations that must be looked at, in order. */
  unsettled(context: CheckContext): readonly Placed<Declaration>[] {
    return context.declarations.filter((placed) => {
      const known = this.#known.get(placed.declaration);
      return known === undefined || !areSame(known, placed, context);
    });
  }

  /** Remembers those that were looked at, while nothing was held back, and in which nothing was found. */
  settle(context: CheckContext, looked: readonly Placed<Declaration>[]): void {
    // Rules are lenient with names that may be in a namespace which is not known.
    if (context.namespaces.has(NAMELESS)) return;
    const found = withFindings(context);
    for (const placed of looked) {
      if (!found.has(placed.declaration)) this.#known.set(placed.declaration, dependenciesOf(placed, context));
    }
  }
}

/** The declarations that something was found in. */
function withFindings({ files, diagnostics }: CheckContext): ReadonlySet<Declaration> {
  const trees = new Map(files.map((tree) => [tree.file, tree]));
  return new Set(
    diagnostics.flatMap(({ span }: Diagnostic) => declarationAt(trees.get(span.file)?.declarations ?? [], span.start)),
  );
}

/** The last declaration that starts at an offset or before. */
function declarationAt(declarations: readonly Declaration[], offset: number): Declaration | [] {
  let low = 0;
  let high = declarations.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((declarations[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return declarations[low - 1] ?? [];
}
