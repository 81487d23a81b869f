import type { Span } from "../source/span.js";

interface Spanned {
  readonly span: Span;
}

/** Calls `found` for each item whose key came before, with the first item of that key. */
export function eachRepeat<T>(items: readonly T[], key: (item: T) => string, found: (item: T, first: T) => void): void {
  if (items.length < 2) return;
  const firsts = new Map<string, T>();
  for (const item of items) {
    const text = key(item);
    const first = firsts.get(text);
    if (first === undefined) firsts.set(text, item);
    else found(item, first);
  }
}

/** The second span of a diagnostic about something repeated. */
export function firstHere(
  { span }: Spanned,
  message = "first declared here",
): {
  readonly related: readonly [{ readonly message: string; readonly span: Span }];
} {
  return { related: [{ message, span }] };
}
