import type { Diagnostic, Severity } from "../diagnostic.js";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "notice" };

/** Diagnostics as workflow commands, which GitHub shows beside the changed lines; one line each. */
export function printGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${command(diagnostic)}\n`).join("");
}

function command({ code, severity, message, span, help }: Diagnostic): string {
  const { file } = span;
  const start = file.displayPosition(span.start);
  const end = file.displayPosition(span.end);
  const properties: readonly (readonly [string, string | number])[] = [
    ["file", file.path.replaceAll("\\", "/")],
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
