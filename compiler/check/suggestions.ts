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

/**
 * Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours each count one
 * (Damerau 1964, Levenshtein 1966; no substring is edited twice).
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let distance = Math.min(at(current, column - 1) + 1, at(last, column) + 1, at(last, column - 1) + cost);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        distance = Math.min(distance, at(beforeLast, column - 2) + 1);
      }
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
