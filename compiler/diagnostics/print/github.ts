import type { Diagnostic, Severity } from "../diagnostic.js";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "notice" };

export interface GithubOptions {
  /** What GitHub calls a file: its path from the root of the repository. By default as diagnostics have it. */
  readonly pathOf?: (path: string) => string;
}

/** Diagnostics as workflow commands, which GitHub shows beside the changed lines; one line each. */
export function printGithub(diagnostics: readonly Diagnostic[], options: GithubOptions = {}): string {
  const { pathOf = (path) => path } = options;
  return diagnostics.map((diagnostic) => `${command(diagnostic, pathOf)}\n`).join("");
}

function command({ code, severity, message, span, help }: Diagnostic, pathOf: (path: string) => string): string {
  const { file } = span;
  const start = file.displayPosition(span.start);
  const end = file.displayPosition(span.end);
  const properties: readonly (readonly [string, string | number])[] = [
    ["file", pathOf(file.path).replaceAll("\\", "/")],
    ["line", start.line],
    ["col", start.column],
    ["endLine", end.line],
    // GitHub ignores columns of annotations over several lines, and refuses an end without a start.
    ...(end.line === start.line ? [["endColumn", end.column] as const] : []),
    ["title", code],
  ];
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(",");
  return `::${COMMANDS[severity]} ${list}::${escapeData(help === undefined ? message : `${message}\nhelp: ${help}`)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
