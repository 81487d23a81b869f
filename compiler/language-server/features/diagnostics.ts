import { DiagnosticSeverity, type Diagnostic } from "vscode-languageserver-types";
import type { Diagnostic as Problem, Severity } from "../../diagnostics/diagnostic.js";
import { rangeOf } from "./places.js";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

/** A problem as editors show it. @param uriOf the address of a file of the project. */
export function diagnosticOf(problem: Problem, uriOf: (path: string) => string): Diagnostic {
  const { code, severity, message, help, span, related = [] } = problem;
  return {
    range: rangeOf(span),
    severity: SEVERITIES[severity],
    code,
    source: "hetuc",
    message: help === undefined ? message : `${message}\n${help}`,
    ...(related.length === 0
      ? {}
      : {
          relatedInformation: related.map((each) => ({
            message: each.message,
            location: { uri: uriOf(each.span.file.path), range: rangeOf(each.span) },
          })),
        }),
  };
}
