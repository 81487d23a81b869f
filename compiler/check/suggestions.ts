import { nearestWord, type WordBudget } from "../syntax/nearest-word.js";

/** Cells of distance tables that one run may compute; past it nothing is suggested any more. */
const BUDGET = 4_000_000;

/**
 * Finds the known name that was most likely meant. The work of one run is bounded, however many names are unknown: the
 * result then depends on the order of the questions, which is that of the source.
 */
export class Suggestions {
  readonly #budget: WordBudget = { cells: BUDGET };

  /**
   * The candidate of the least distance, the first one of several; `undefined` when none is near.
   * A name of length n may be off by n / 3 edits, at least one.
   */
  nearest(name: string, candidates: Iterable<string>): string | undefined {
    return nearestWord(name, candidates, this.#budget);
  }
}
