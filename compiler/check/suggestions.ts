import { editDistance } from "../syntax/nearest-word.js";

/** Cells of distance tables that one run may compute; past it nothing is suggested any more. */
const BUDGET = 4_000_000;

/** What looking at a candidate costs, in cells, before any distance is computed. */
const COST_OF_CANDIDATE = 8;

/**
 * Finds the known name that was most likely meant. The work of one run is bounded, however many names are unknown: the
 * result then depends on the order of the questions, which is that of the source.
 */
export class Suggestions {
  #budget = BUDGET;

  /**
   * The candidate of the least distance, the first one of several; `undefined` when none is near.
   * A name of length n may be off by n / 3 edits, at least one.
   */
  nearest(name: string, candidates: Iterable<string>): string | undefined {
    if (this.#budget < 0) return undefined;
    const wanted = name.toLowerCase();
    let best: string | undefined;
    let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
    for (const candidate of candidates) {
      this.#budget -= COST_OF_CANDIDATE;
      const other = candidate.toLowerCase();
      if (candidate === name) continue;
      if (other === wanted) return candidate;
      if (Math.abs(other.length - wanted.length) >= bestDistance) continue;
      this.#budget -= wanted.length * other.length;
      if (this.#budget < 0) break;
      const distance = editDistance(wanted, other);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }
}
