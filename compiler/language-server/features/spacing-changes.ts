/** A stretch of a text and what stands there afterwards. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a formatter may put in, take out or move, by sticky search. */
const SPACING = /[\s,]*/y;
const SOLID = /[^\s,]*/y;

/**
 * What turns a text into its formatted self, when only white space and commas differ: one change for each stretch of
 * them that does, so that everything else stays under the editor's cursors. Linear: both texts are walked once, side by
 * side. `undefined` when more differs.
 */
export function spacingChanges(before: string, after: string): readonly Change[] | undefined {
  const changes: Change[] = [];
  let [at, to] = [0, 0];
  while (at < before.length || to < after.length) {
    const old = stretch(SPACING, before, at);
    const wanted = stretch(SPACING, after, to);
    if (old !== wanted) changes.push(narrowed(at, old, wanted));
    at += old.length;
    to += wanted.length;
    const solid = stretch(SOLID, before, at);
    if (solid !== stretch(SOLID, after, to)) return undefined;
    at += solid.length;
    to += solid.length;
  }
  return changes;
}

function stretch(pattern: RegExp, text: string, from: number): string {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0] ?? "";
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
