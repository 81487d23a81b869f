import type { Span } from "../source/span.js";
import type { CodeDefinition } from "./define.js";
import type { Severity } from "./severity.js";

export type { Severity };

/** A second place that explains the first, as "first declared here". */
export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** One replacement of text; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A change that puts the problem right, as an editor offers it. */
export interface Fix {
  /** What the change does, as `Rename to move_to`. */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** One problem in a schema. */
export interface Diagnostic {
  /** `HT` and four digits; stable over versions. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly help?: string;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}

/** What a diagnostic may carry besides its message and its help, which the table of codes gives. */
export interface Extras {
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}

/**
 * Creates a diagnostic of the given code. Message and help come from the table, made of `params`.
 * @param span the place to underline; never wider than needed.
 */
export function diagnose<P>(definition: CodeDefinition<P>, params: P, span: Span, extras: Extras = {}): Diagnostic {
  const help = definition.help(params);
  return {
    code: definition.code,
    severity: definition.severity,
    message: definition.message(params),
    span,
    ...(help === undefined ? {} : { help }),
    ...(extras.related === undefined || extras.related.length === 0 ? {} : { related: extras.related }),
    ...(extras.fix === undefined ? {} : { fix: extras.fix }),
  };
}
