import type { Extras } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";

/** The change that puts the suggested name where another is written; nothing without a suggestion. */
export function replacement(span: Span, suggestion: string | undefined): Extras {
  if (suggestion === undefined) return {};
  return { fix: { title: `Replace with ${suggestion}`, edits: [{ span, text: suggestion }] } };
}
