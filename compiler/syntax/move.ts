import type { Span } from "../source/span.js";

/** What of a span changes when text before it does. */
interface Movable {
  start: number;
  end: number;
}

const spansOf = new WeakMap<object, readonly Movable[]>();

/**
 * Moves a node or a diagnostic with all that is in it to another place of its file, where the same characters are. It
 * stays the same object, so that what is known of it stays known; whoever still has what it was part of sees it move.
 *
 * @param delta how far the new place is behind the old one, in UTF-16 code units.
 */
export function move(part: object, delta: number): void {
  if (delta === 0) return;
  let spans = spansOf.get(part);
  if (spans === undefined) {
    const found = new Set<Movable>();
    collectSpans(part, found);
    spans = [...found];
    spansOf.set(part, spans);
  }
  for (const span of spans) {
    span.start += delta;
    span.end += delta;
  }
}

/** Nodes may share a span: a set has it once. */
function collectSpans(part: object, found: Set<Movable>): void {
  if (isSpan(part)) {
    found.add(part);
    return;
  }
  for (const inner of Object.values(part) as readonly unknown[]) {
    if (typeof inner === "object" && inner !== null) collectSpans(inner, found);
  }
}

function isSpan(part: object): part is Span {
  return "file" in part;
}
