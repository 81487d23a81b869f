import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from "vscode-languageserver-types";
import { repeatedArgument, repeatedAttribute } from "../../diagnostics/codes/attributes.js";
import { indexColumnRepeated, indexRepeated } from "../../diagnostics/codes/components.js";
import { repeatedItem } from "../../diagnostics/codes/names.js";
import {
  deprecatedName,
  emptySession,
  hiddenAnyway,
  unusedCallable,
  unusedComponent,
  unusedError,
  unusedEvent,
  unusedType,
} from "../../diagnostics/codes/style.js";
import type { Diagnostic as Problem, Severity } from "../../diagnostics/diagnostic.js";
import { rangeOf } from "./places.js";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

/** What could as well not be there: editors grey it out. */
const UNNECESSARY: ReadonlySet<string> = new Set(
  [
    repeatedArgument,
    repeatedAttribute,
    indexColumnRepeated,
    indexRepeated,
    repeatedItem,
    emptySession,
    hiddenAnyway,
    unusedType,
    unusedError,
    unusedEvent,
    unusedComponent,
    unusedCallable,
  ].map(({ code }) => code),
);

function tagsOf(code: string): { readonly tags?: DiagnosticTag[] } {
  if (UNNECESSARY.has(code)) return { tags: [DiagnosticTag.Unnecessary] };
  return code === deprecatedName.code ? { tags: [DiagnosticTag.Deprecated] } : {};
}

/** A problem as editors show it. @param uriOf the address of a file of the project. */
export function diagnosticOf(problem: Problem, uriOf: (path: string) => string): Diagnostic {
  const { code, severity, message, help, span, related = [] } = problem;
  return {
    range: rangeOf(span),
    severity: SEVERITIES[severity],
    code,
    source: "hetuc",
    ...tagsOf(code),
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
