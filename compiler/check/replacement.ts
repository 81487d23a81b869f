import type { Extras } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";

/**
 * The change that puts the suggested name where another is written; nothing without a suggestion.
 *
 * @param sign what stands before the name, for the title.
 */
export function replacement(span: Span, suggestion: string | undefined, sign = ""): Extras {
  if (suggestion === undefined) return {};
  return { fix: { title: `Replace with ${sign}${suggestion}`, edits: [{ span, text: suggestion }] } };
}
