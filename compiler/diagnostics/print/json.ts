import type { Span } from "../../source/span.js";
import type { Diagnostic, Severity } from "../diagnostic.js";

/** Line and column count from 1, columns and offsets in UTF-16 code units. */
export interface JsonPosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface JsonPlace {
  readonly path: string;
  readonly start: JsonPosition;
  /** Exclusive. */
  readonly end: JsonPosition;
}

/** One diagnostic as `--format json` prints it. */
export interface JsonDiagnostic extends JsonPlace {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  readonly related?: readonly (JsonPlace & { readonly message: string })[];
  readonly fix?: { readonly title: string; readonly edits: readonly (JsonPlace & { readonly text: string })[] };
}

/** A diagnostic as plain JSON. */
export function diagnosticToJson({ code, severity, message, span, help, related, fix }: Diagnostic): JsonDiagnostic {
  return {
    code,
    severity,
    message,
    ...place(span),
    ...(help === undefined ? {} : { help }),
    ...(related === undefined
      ? {}
      : { related: related.map((each) => ({ message: each.message, ...place(each.span) })) }),
    ...(fix === undefined
      ? {}
      : {
          fix: { title: fix.title, edits: fix.edits.map((edit) => ({ ...place(edit.span), text: edit.text })) },
        }),
  };
}

/** All diagnostics as one document: `{ "diagnostics": [ … ] }`. */
export function printJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify({ diagnostics: diagnostics.map(diagnosticToJson) }, null, 2)}\n`;
}

function place({ file, start, end }: Span): JsonPlace {
  return {
    path: file.path,
    start: { ...file.position(start), offset: start },
    end: { ...file.position(end), offset: end },
  };
}
