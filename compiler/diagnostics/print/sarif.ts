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
  /** What code scanning calls a file: its path from the root of the repository. By default as diagnostics have it. */
  readonly pathOf?: (path: string) => string;
}

/** The base of all paths (SARIF 2.1.0, section 3.14.14): the root of the sources, wherever they are checked out. */
const ROOT = "%SRCROOT%";

/** Diagnostics as a log in the Static Analysis Results Interchange Format 2.1.0 (OASIS), for code scanning. */
export function printSarif(diagnostics: readonly Diagnostic[], options: SarifOptions = {}): string {
  const { version, meaning, pathOf = (path: string) => path } = options;
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
        originalUriBaseIds: { [ROOT]: { description: { text: "The root of the repository." } } },
        results: diagnostics.map((diagnostic) => ({
          ruleId: diagnostic.code,
          ruleIndex: ruleIndex.get(diagnostic.code),
          level: LEVELS[diagnostic.severity],
          message: { text: textOf(diagnostic) },
          locations: [{ physicalLocation: locationOf(diagnostic.span, pathOf) }],
          ...(diagnostic.related === undefined
            ? {}
            : {
                relatedLocations: diagnostic.related.map(({ message, span }, id) => ({
                  id,
                  physicalLocation: locationOf(span, pathOf),
                  message: { text: message },
                })),
              }),
          ...(diagnostic.fix === undefined ? {} : { fixes: [fixOf(diagnostic.fix, pathOf)] }),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(code: string, meaning: SarifOptions["meaning"]): object {
  const info = findCode(code);
  if (info === undefined) {
    const text = meaning?.(code) ?? code;
    return { id: code, ...described(code.replaceAll("-", " "), text) };
  }
  const meant = info.page.meaning.replaceAll("\n", " ");
  return {
    id: code,
    name: info.name,
    ...described(
      info.name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
      meant,
    ),
    defaultConfiguration: { level: LEVELS[info.severity] },
  };
}

/** What a rule is called in lists, what it means, and what is shown beside a finding: code scanning asks for all. */
function described(title: string, meaning: string): object {
  return { shortDescription: { text: title }, fullDescription: { text: meaning }, help: { text: meaning } };
}

function textOf({ message, help }: Diagnostic): string {
  return help === undefined ? message : `${message}\nhelp: ${help}`;
}

type PathOf = (path: string) => string;

function locationOf(span: Span, pathOf: PathOf): object {
  return { artifactLocation: artifactOf(span, pathOf), region: regionOf(span) };
}

function fixOf({ title, edits }: Fix, pathOf: PathOf): object {
  return {
    description: { text: title },
    artifactChanges: edits.map(({ span, text }) => ({
      artifactLocation: artifactOf(span, pathOf),
      replacements: [{ deletedRegion: regionOf(span), insertedContent: { text } }],
    })),
  };
}

/** A path becomes a relative reference of a URI: `/` between its parts, each escaped. */
function artifactOf({ file }: Span, pathOf: PathOf): object {
  const parts = pathOf(file.path).replaceAll("\\", "/").split("/");
  return { uri: parts.map(encodeURIComponent).join("/"), uriBaseId: ROOT };
}

function regionOf({ file, start, end }: Span): object {
  const first = file.position(start);
  const last = file.position(end);
  return { startLine: first.line, startColumn: first.column, endLine: last.line, endColumn: last.column };
}
