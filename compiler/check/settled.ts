import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Declaration } from "../syntax/tree.js";
import type { CheckContext, Placed, Rule } from "./context.js";
import { areSame, dependenciesOf, type Dependencies } from "./dependencies.js";
import { INDIFFERENT_RULES } from "./indifferent-rules.js";
import { NAMELESS } from "./project.js";
import { nameOf, replacedDeclarations, type Replaced } from "./replaced.js";

/**
 * What an editor need not look at again at every key, from one analysis of a project to the next:
 *
 * - Declarations in which no rule has found anything. For as long as one stays the same object and depends on the same
 *   objects, no rule finds anything in it. Those with findings are looked at each time, which also keeps the budget of
 *   suggestions what it is afresh.
 * - Rules of the whole that have found nothing, for as long as they see no difference between what is declared and what
 *   was ({@link INDIFFERENT_RULES}).
 */
export class SettledDeclarations {
  readonly #known = new WeakMap<Declaration, Dependencies>();
  readonly #quietRules = new Set<Rule>();
  #last: { readonly declarations: readonly Placed<Declaration>[]; readonly namespaces: string } = {
    declarations: [],
    namespaces: "",
  };

  /** The declarations that must be looked at, in order. To be asked once for each analysis, before all else. */
  unsettled(context: CheckContext): readonly Placed<Declaration>[] {
    const { declarations } = context;
    const namespaces = [...context.namespaces.keys()].join();
    const isSame = namespaces === this.#last.namespaces;
    const replaced = isSame ? replacedDeclarations(this.#last.declarations, declarations) : undefined;
    this.#last = { declarations, namespaces };
    for (const rule of this.#quietRules) {
      const isIndifferent = INDIFFERENT_RULES.get(rule);
      if (replaced === undefined || isIndifferent === undefined || !replaced.every(isIndifferent)) {
        this.#quietRules.delete(rule);
      }
    }
    const names = replaced === undefined ? undefined : namesOf(replaced);
    return declarations.filter((placed) => {
      const known = this.#known.get(placed.declaration);
      if (known === undefined) return true;
      if (names !== undefined && !dependsOn(known, names)) return false;
      if (areSame(known, placed, context)) return false;
      this.#known.delete(placed.declaration);
      return true;
    });
  }

  /** Whether a rule of the whole would find nothing, as the last time that it was applied. */
  isQuiet(rule: Rule): boolean {
    return this.#quietRules.has(rule);
  }

  /** Remembers that a rule of the whole has found nothing, while nothing was held back. */
  quieten(rule: Rule, context: CheckContext): void {
    if (INDIFFERENT_RULES.has(rule) && !context.namespaces.has(NAMELESS)) this.#quietRules.add(rule);
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

/** Whether one of the names was looked up, in any namespace. */
function dependsOn({ lookups }: Dependencies, names: ReadonlySet<string>): boolean {
  return lookups.some(({ name }) => names.has(name));
}

/** All names that may lead to something else than before; `undefined` when a session does, which is asked for by none. */
function namesOf(replaced: readonly Replaced[]): ReadonlySet<string> | undefined {
  const names = new Set(replaced.flatMap(({ before, now }) => [nameOf(before), nameOf(now)]));
  return names.has("") ? undefined : names;
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
