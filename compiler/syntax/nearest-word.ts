/** What looking at a candidate costs, in cells, before any distance is computed. */
const COST_OF_CANDIDATE = 8;

/** What searches may still cost, together: cells of distance tables. Below zero nothing is found any more. */
export interface WordBudget {
  cells: number;
}

/**
 * The candidate that a misspelt word most likely means.
 *
 * @returns The one with the smallest edit distance, at most a third of the length of the word (and one at least), the
 *   first one of several; `undefined` when none is that near.
 */
export function nearestWord(
  word: string,
  candidates: Iterable<string>,
  budget: WordBudget = { cells: Infinity },
): string | undefined {
  if (budget.cells < 0) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    budget.cells -= COST_OF_CANDIDATE;
    const other = candidate.toLowerCase();
    if (candidate === word) continue;
    if (other === wanted) return candidate;
    if (Math.abs(other.length - wanted.length) >= bestDistance) continue;
    budget.cells -= wanted.length * other.length;
    if (budget.cells < 0) break;
    const distance = editDistance(wanted, other, bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Used again by each search: thousands of candidates would each leave their rows to be collected. */
const rows: [number[], number[], number[]] = [[], [], []];

/**
 * Levenshtein's distance with transpositions of neighbours (Damerau; the "optimal string alignment" form). It ends with
 * the first row in which all is too far, from where it only grows (Ukkonen's cut-off).
 *
 * @returns `limit` for every distance from there on.
 */
function editDistance(a: string, b: string, limit: number): number {
  let [beforePrevious, previous, current] = rows;
  for (let j = 0; j <= b.length; j += 1) previous[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    let least = i;
    current[0] = i;
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let distance = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, (beforePrevious[j - 2] ?? 0) + 1);
      }
      current[j] = distance;
      least = Math.min(least, distance);
    }
    if (least >= limit) return limit;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return Math.min(previous[b.length] ?? 0, limit);
}
