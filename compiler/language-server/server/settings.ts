/** What users choose under `hetu` in their editor's settings. */
export interface Settings {
  /** Milliseconds without a keystroke before problems are looked for again, once one has come close behind another. */
  readonly diagnosticsDelay: number;
  /** Which inlay hints are shown: all, or those of these kinds. */
  readonly inlayHints: "all" | readonly string[];
  readonly codeLens: boolean;
  /** Whether a rename of what is stored leaves a `@was` with the old name, so that `hetu upgrade` keeps the data. */
  readonly renameWas: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  diagnosticsDelay: 150,
  inlayHints: "all",
  codeLens: true,
  renameWas: true,
};

/** Whether inlay hints of a kind are wanted. */
export function showsInlayHint({ inlayHints }: Settings, kind: string): boolean {
  return inlayHints === "all" || inlayHints.includes(kind);
}

/**
 * Settings as an editor sends them: the content of its section `hetu`. What is missing or of a wrong type has its
 * default.
 *
 * ```json
 * { "diagnostics": { "delay": 150 }, "inlayHints": true, "codeLens": true, "rename": { "was": true } }
 * ```
 */
export function readSettings(section: unknown): Settings {
  const { diagnosticsDelay, codeLens, renameWas } = DEFAULT_SETTINGS;
  const delay = valueAt(section, "diagnostics", "delay");
  return {
    diagnosticsDelay: typeof delay === "number" && delay >= 0 && delay <= 10_000 ? delay : diagnosticsDelay,
    inlayHints: inlayHintsOf(valueAt(section, "inlayHints")),
    codeLens: booleanOf(valueAt(section, "codeLens"), codeLens),
    renameWas: booleanOf(valueAt(section, "rename", "was"), renameWas),
  };
}

/** `true`, `false`, or a list of the kinds that are wanted. */
function inlayHintsOf(value: unknown): "all" | readonly string[] {
  if (value === false) return [];
  if (Array.isArray(value)) return value.filter((kind) => typeof kind === "string");
  return "all";
}

function booleanOf(value: unknown, otherwise: boolean): boolean {
  return typeof value === "boolean" ? value : otherwise;
}

function valueAt(value: unknown, ...path: readonly string[]): unknown {
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
