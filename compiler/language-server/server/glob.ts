/**
 * Whether a path that need not exist matches a list of globs. Files on disk are found by `findSchemaFiles`; this is for
 * a text that is only in the editor yet, or no more on disk.
 *
 * Knows `*`, `**`, `?`, `[…]` and `{a,b}`; like the search on disk, wildcards at the start of a name do not match a dot.
 *
 * @param path relative, with `/`.
 * @param globs those with a `!` before them exclude what others match.
 */
export function matchesGlobs(path: string, globs: readonly string[]): boolean {
  const matches = (glob: string): boolean => expressionOf(glob.replace(/^\.\//, "")).test(path);
  const [excluding, including] = [
    globs.filter((glob) => glob.startsWith("!")),
    globs.filter((glob) => !glob.startsWith("!")),
  ];
  return including.some(matches) && !excluding.some((glob) => matches(glob.slice(1)));
}

const TOKENS = /\*\*\/|\*\*|\*|\?|\[!?[^\]]*\]|\{|\}|,|[^*?[{},]+|\[/g;

function expressionOf(glob: string): RegExp {
  let depth = 0;
  let atStart = true;
  let source = "";
  for (const [token] of glob.matchAll(TOKENS)) {
    const wild = atStart ? "(?!\\.)" : "";
    atStart = token.endsWith("/");
    if (token === "**/") source += "(?:(?!\\.)[^/]+/)*";
    else if (token === "**") source += "(?:(?!\\.)[^/]+(?:/|$))*";
    else if (token === "*") source += `${wild}[^/]*`;
    else if (token === "?") source += `${wild}[^/]`;
    else if (token.length > 1 && token.startsWith("[")) source += wild + token.replace(/^\[!/, "[^");
    else if (token === "{") {
      depth += 1;
      source += "(?:";
    } else if (token === "}" && depth > 0) {
      depth -= 1;
      source += ")";
    } else if (token === "," && depth > 0) source += "|";
    else source += escaped(token);
  }
  try {
    return new RegExp(`^${source}${")".repeat(depth)}$`, "u");
  } catch {
    return /^\b$/;
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
