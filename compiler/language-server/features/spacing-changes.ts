/** A stretch of a text and what stands there afterwards. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a formatter may put in, take out or move. */
const SPACING = /[\s,]/;
const STRETCH_OF_SPACING = /[\s,]*/y;

/**
 * What turns a text into its formatted self, when only white space and commas differ: one change for each stretch of
 * them that does, so that everything else stays under the editor's cursors. Linear: both texts are walked once, side by
 * side. `undefined` when more differs.
 */
export function spacingChanges(before: string, after: string): readonly Change[] | undefined {
  const changes: Change[] = [];
  let [at, to] = [0, 0];
  for (;;) {
    const old = spacingAt(before, at);
    const wanted = spacingAt(after, to);
    if (old !== wanted) changes.push(narrowed(at, old, wanted));
    at += old.length;
    to += wanted.length;
    if (at === before.length && to === after.length) return changes;
    if (before[at] !== after[to]) return undefined;
    at += 1;
    to += 1;
  }
}

function spacingAt(text: string, from: number): string {
  if (!SPACING.test(text.charAt(from))) return "";
  STRETCH_OF_SPACING.lastIndex = from;
  return STRETCH_OF_SPACING.exec(text)?.[0] ?? "";
}

/** A replacement without what is the same at both ends; no line break is cut in two, as no editor has a place there. */
function narrowed(start: number, old: string, wanted: string): Change {
  const most = Math.min(old.length, wanted.length);
  let head = 0;
  while (head < most && old[head] === wanted[head]) head += 1;
  if (old[head - 1] === "\r" && old[head] === "\n") head -= 1;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === wanted[wanted.length - 1 - tail]) tail += 1;
  if (old[old.length - tail - 1] === "\r" && old[old.length - tail] === "\n") tail -= 1;
  return { start: start + head, end: start + old.length - tail, text: wanted.slice(head, wanted.length - tail) };
}
