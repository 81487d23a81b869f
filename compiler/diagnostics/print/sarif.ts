import type { Span } from "../../source/span.js";
import type { Diagnostic, Fix, Severity } from "../diagnostic.js";
import { findCode } from "../registry.js";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "note" };

export interface SarifOptions {
  /** Version of the compiler. */
  readonly version?: string;
  /** What a code means that is not in the table of diagnostics, as the kinds of changes. */
  readonly meaning?: (code: string) => string | undefined;
}

/** Diagnostics as a log in the Static Analysis Results Interchange Format 2.1.0 (OASIS), for code scanning. */
export function printSarif(diagnostics: readonly Diagnostic[], { version, meaning }: SarifOptions = {}): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const ruleIndex = new Map(codes.map((code, index) => [code, index]));
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "hetuc",
            ...(version === undefined ? {} : { version }),
            rules: codes.map((code) => ruleOf(code, meaning)),
          },
        },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((diagnostic) => ({
          ruleId: diagnostic.code,
          ruleIndex: ruleIndex.get(diagnostic.code),
          level: LEVELS[diagnostic.severity],
          message: { text: textOf(diagnostic) },
          locations: [{ physicalLocation: locationOf(diagnostic.span) }],
          ...(diagnostic.related === undefined
            ? {}
            : {
                relatedLocations: diagnostic.related.map(({ message, span }, id) => ({
                  id,
                  physicalLocation: locationOf(span),
                  message: { text: message },
                })),
              }),
          ...(diagnostic.fix === undefined ? {} : { fixes: [fixOf(diagnostic.fix)] }),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(code: string, meaning: SarifOptions["meaning"]): object {
  const info = findCode(code);
  if (info === undefined) {
    const text = meaning?.(code);
    return text === undefined ? { id: code } : { id: code, fullDescription: { text } };
  }
  return {
    id: code,
    name: info.name,
    fullDescription: { text: info.page.meaning.replaceAll("\n", " ") },
    defaultConfiguration: { level: LEVELS[info.severity] },
  };
}

function textOf({ message, help }: Diagnostic): string {
  return help === undefined ? message : `${message}\nhelp: ${help}`;
}

function locationOf(span: Span): object {
  return { artifactLocation: artifactOf(span), region: regionOf(span) };
}

function fixOf({ title, edits }: Fix): object {
  return {
    description: { text: title },
    artifactChanges: edits.map(({ span, text }) => ({
      artifactLocation: artifactOf(span),
      replacements: [{ deletedRegion: regionOf(span), insertedContent: { text } }],
    })),
  };
}

/** A path becomes a relative reference of a URI: `/` between its parts, each escaped. */
function artifactOf({ file }: Span): object {
  return { uri: file.path.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/") };
}

function regionOf({ file, start, end }: Span): object {
  const first = file.position(start);
  const last = file.position(end);
  return { startLine: first.line, startColumn: first.column, endLine: last.line, endColumn: last.column };
}
