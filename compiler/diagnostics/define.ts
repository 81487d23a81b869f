import type { Severity } from "./severity.js";

/** The page that `hetuc explain` prints. */
export interface ExplainPage {
  /** What the code means and why the rule exists. */
  readonly meaning: string;
  /** Yields this code and no other. One source text, or several for a problem that takes several files. */
  readonly wrong: string | readonly string[];
  /** The same put right; yields no diagnostic at all. */
  readonly right: string | readonly string[];
}

/**
 * One row of the table of codes. `P` is what message and help are made of.
 */
export interface CodeDefinition<P> {
  /** `HT` and four digits. Never given to another problem once released. */
  readonly code: string;
  readonly severity: Severity;
  /** Names the thing, the limit and the value; no full stop at the end. */
  message(params: P): string;
  /** What to do. `undefined` only where the table row says that help is optional. */
  help(params: P): string | undefined;
  /** Whether every diagnostic of this code has a help line. */
  readonly alwaysHelps: boolean;
  readonly page: ExplainPage;
}

/** A row as it is written in `codes/`: `help` answers a line for all parameters, `optionalHelp` for some. */
export type CodeSource<P> = {
  readonly code: `HT${number}`;
  readonly severity: Severity;
  readonly message: (params: P) => string;
  readonly page: ExplainPage;
} & ({ readonly help: (params: P) => string } | { readonly optionalHelp: (params: P) => string | undefined });

/**
 * Defines one code. Used as
 *
 * ```ts
 * export const unknownType = defineCode<{ name: string }>({
 *   code: "HT2002", severity: "error",
 *   message: ({ name }) => `unknown type ${quote(name)}`,
 *   help: () => "…",
 *   page: { meaning: "…", wrong: "…", right: "…" },
 * });
 * ```
 */
export function defineCode<P = void>(source: CodeSource<P>): CodeDefinition<P> {
  const { code, severity, message, page } = source;
  const alwaysHelps = "help" in source;
  const help = alwaysHelps ? source.help : source.optionalHelp;
  return Object.freeze({ code, severity, message, help, alwaysHelps, page });
}

/** A name or a piece of schema text within a message. */
export function quote(text: string): string {
  return `\`${text}\``;
}

/** A help line for an unknown name, when a known one is near. */
export function didYouMean(suggestion: string | undefined): string | undefined {
  return suggestion === undefined ? undefined : `did you mean ${quote(suggestion)}?`;
}

/** Names that lead from one to the next; `…` stands for those left out. */
export function quotePath(path: readonly string[]): string {
  return path.map((name) => (name === "…" ? name : quote(name))).join(" → ");
}

/** Names one after the other. */
export function quoteList(names: readonly string[]): string {
  return names.map(quote).join(", ");
}
