/** What a rule's findings are: nothing, warnings, or errors. */
export const lintLevels = ["off", "warn", "error"] as const;

export type LintLevel = (typeof lintLevels)[number];

/** One finding, or all of a name, that the project lives with. */
export interface IgnoredFinding {
  readonly code: string;
  /** Of a component, system, …: `Item` or `shop.Item`. */
  readonly name: string;
  readonly why: string;
}

/** `lint` of hetu.json. */
export interface LintSettings {
  /** By code; left out: what the rule says. */
  readonly levels: Readonly<Record<string, LintLevel>>;
  readonly ignore: readonly IgnoredFinding[];
}

export const DEFAULT_LINT_SETTINGS: LintSettings = { levels: {}, ignore: [] };
