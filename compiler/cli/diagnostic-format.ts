import type { Terminal } from "./terminal.js";

/** `text` is for people, `github` prints workflow annotations, `sarif` a log in SARIF 2.1.0. */
export const diagnosticFormats = ["text", "json", "github", "sarif"] as const;

export type DiagnosticFormat = (typeof diagnosticFormats)[number];

/** The format asked for; without one, annotations in a GitHub workflow and text anywhere else. */
export function chooseFormat(given: DiagnosticFormat | undefined, env: Terminal["env"]): DiagnosticFormat {
  return given ?? (env["GITHUB_ACTIONS"] === "true" ? "github" : "text");
}
